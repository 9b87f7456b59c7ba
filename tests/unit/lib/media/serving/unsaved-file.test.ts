import type { IncomingHttpHeaders, RequestListener } from "node:http";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { startFileServer } from "@/tests/support/file-server";
import { stubSettings } from "../../stub-settings";

afterEach(() => void vi.unstubAllEnvs());

/** Starts a file host. `ask` returns the app's response with a file of the host. The host records the `headers` of requests. */
async function hostThat(answer: RequestListener) {
  const host = await startFileServer(answer);
  onTestFinished(() => host.close());
  vi.resetModules();
  stubSettings({ REPLICATE_DELIVERY_ORIGINS: host.origin });
  const { respondWithUnsaved } = await import("@/lib/media/serving/unsaved-file");
  const ask = (url = `${host.origin}/out-0.png`, init: RequestInit = {}) =>
    respondWithUnsaved(new Request("https://app.test/api/v1/outputs", init), url);
  return { ...host, ask };
}

const PNG = Buffer.from("89504e470d0a1a0a", "hex");
const send = (type: string, status = 200): RequestListener => {
  return (_, response) => response.writeHead(status, { "content-type": type }).end(PNG);
};

test("passes on a file, and sends nothing about the user", async () => {
  const { ask, headers } = await hostThat(send("image/png"));
  const init = { headers: { cookie: "planted", authorization: "planted", referer: "https://planted.test" } };
  const response = await ask(undefined, init);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(Buffer.from(await response.arrayBuffer()).equals(PNG)).toBe(true);
  expect(JSON.stringify(headers)).not.toContain("planted");
});

test("passes on the range that is asked for", async () => {
  let asked: IncomingHttpHeaders = {};
  const { ask } = await hostThat((request, response) => {
    asked = request.headers;
    response.writeHead(206, { "content-type": "image/png", "content-range": "bytes 0-1/8" }).end(PNG.subarray(0, 2));
  });
  const response = await ask(undefined, { headers: { range: "bytes=0-1" } });
  expect([response.status, response.headers.get("content-range"), asked.range]).toEqual([
    206,
    "bytes 0-1/8",
    "bytes=0-1",
  ]);
});

test.each(["text/html", "image/svg+xml", "text/javascript"])(
  "lets no browser show or run a file of type %s",
  async (type) => {
    const { ask } = await hostThat(send(type));
    const { headers } = await ask();
    expect(headers.get("content-type")).not.toMatch(/^text\//);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-disposition": "attachment",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("sandbox"),
    });
  },
);

test("decodes a file in a data URI", async () => {
  const { ask } = await hostThat(send("image/png"));
  const response = await ask(`data:image/png;base64,${PNG.toString("base64")}`);
  expect(response.headers.get("content-type")).toBe("image/png");
  expect(Buffer.from(await response.arrayBuffer()).equals(PNG)).toBe(true);
});

test("asks no other host, and follows no redirect", async () => {
  const other = await startFileServer(send("image/png"));
  onTestFinished(() => other.close());
  const { ask } = await hostThat((_, response) => response.writeHead(302, { location: other.origin }).end());
  await expect(ask(`${other.origin}/out-0.png`)).rejects.toMatchObject({ code: "not_found" });
  await expect(ask()).rejects.toMatchObject({ code: "provider_unavailable" });
  expect(other.connections()).toBe(0);
});

test.each([
  [404, "not_found"],
  [410, "not_found"],
  [500, "provider_unavailable"],
])("fails if the host answers %i", async (status, code) => {
  const { ask } = await hostThat(send("text/plain", status));
  await expect(ask()).rejects.toMatchObject({ code });
});
