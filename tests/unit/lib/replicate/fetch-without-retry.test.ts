import { once } from "node:events";
import type { RequestListener } from "node:http";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { fetchWithoutRetry, UPSTREAM_STATUS } from "@/lib/replicate/fetch-without-retry";
import { startFileServer } from "@/tests/support/file-server";

async function ask(listener: RequestListener, { timeout = 5000, init = {} as RequestInit } = {}) {
  const server = await startFileServer(listener);
  onTestFinished(() => server.close());
  const response = await fetchWithoutRetry(timeout)(`${server.origin}/v1/predictions`, { method: "POST", ...init });
  return { response, upstream: response.headers.get(UPSTREAM_STATUS), requests: server.headers.length };
}

describe("a response", () => {
  test("with a status of 2xx is passed on", async () => {
    const { response, upstream } = await ask((_, answer) => answer.writeHead(201, { etag: "7" }).end('{"id":"a"}'));
    expect([response.status, response.headers.get("etag"), await response.text()]).toEqual([201, "7", '{"id":"a"}']);
    expect(upstream).toBeNull();
  });

  test("may have no content", async () => {
    const { response } = await ask((_, answer) => answer.writeHead(204).end());
    expect([response.status, response.body]).toEqual([204, null]);
  });

  test.each([400, 401, 429, 500, 502, 503])("of %i becomes a 424, which the client never repeats", async (status) => {
    const { response, upstream, requests } = await ask((_, answer) =>
      answer.writeHead(status, { "retry-after": "7", "x-other": "1" }).end("why"),
    );
    expect([response.status, upstream, await response.text(), requests]).toEqual([424, String(status), "why", 1]);
    expect(response.headers.get("retry-after")).toBe("7");
  });

  test("never comes from Next's cache", async () => {
    const fetch = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response("{}"));
    await fetchWithoutRetry(1000)("http://127.0.0.1:1/", { method: "GET", headers: { a: "b" } });
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ cache: "no-store", redirect: "error", headers: { a: "b" } });
  });
});

describe("a missing response becomes a 424 with the status 0", () => {
  const none = { response: { status: 424 }, upstream: "0" };

  test("when the connection breaks", async () => {
    expect(await ask((_, answer) => answer.destroy())).toMatchObject({ ...none, requests: 1 });
  });

  test("when it is a redirect", async () => {
    const elsewhere: RequestListener = (_, answer) => answer.writeHead(302, { location: "/" }).end();
    expect(await ask(elsewhere)).toMatchObject({ ...none, requests: 1 });
  });

  test("when it is late, and the connection is closed", async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const hang: RequestListener = (_, answer) => void (closed = once(answer, "close"));
    expect(await ask(hang, { timeout: 50 })).toMatchObject(none);
    await closed;
  });

  test("when it starts in time but does not end", async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const drip: RequestListener = (_, answer) => {
      closed = once(answer, "close");
      answer.writeHead(201).write('{"id":"');
    };
    expect(await ask(drip, { timeout: 100 })).toMatchObject(none);
    await closed;
  });

  test("when the caller aborts", async () => {
    const caller = new AbortController();
    const hang: RequestListener = () => caller.abort(new Error("the caller left"));
    const given = await ask(hang, { init: { signal: caller.signal } });
    expect(given).toMatchObject(none);
    expect(await given.response.text()).toBe("the caller left");
  });
});
