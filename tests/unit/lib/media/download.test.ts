import { once } from "node:events";
import type { RequestListener, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { downloadFile } from "@/lib/media/download";
import { startFileServer } from "../../../support/file-server";

afterEach(() => vi.restoreAllMocks());

async function serve(listener: RequestListener) {
  const server = await startFileServer(listener);
  onTestFinished(() => server.close());
  return server;
}

/** Downloads a file from a server that answers with this listener. */
async function download(listener: RequestListener, options: { maxBytes?: number; timeoutMs?: number } = {}) {
  const { origin } = await serve(listener);
  return downloadFile(`${origin}/out-0.png`, { allowedOrigins: [origin], ...options });
}

const closed = (response: ServerResponse) => once(response, "close");

describe("a file", () => {
  test("arrives byte for byte, whatever its Content-Type says", async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    const received = await download((_request, response) => response.setHeader("content-type", "text/html").end(bytes));
    expect(Buffer.compare(received, bytes)).toBe(0);
  });

  test("is requested without anything that identifies a user", async () => {
    const server = await serve((_request, response) => response.setHeader("set-cookie", "a=1").end("x"));
    await downloadFile(`${server.origin}/a`, { allowedOrigins: [server.origin] });
    await downloadFile(`${server.origin}/a`, { allowedOrigins: [server.origin] });
    expect(server.headers).toHaveLength(2);
    for (const headers of server.headers) {
      expect(headers).not.toHaveProperty("authorization");
      expect(headers).not.toHaveProperty("cookie");
      expect(headers).not.toHaveProperty("referer");
      expect(headers).toHaveProperty("accept-encoding", "identity");
    }
  });

  test.each([
    [410, "gone"],
    [404, "unavailable"],
    [204, "unavailable"],
    [206, "unavailable"],
    [403, "unavailable"],
    [429, "unavailable"],
    [500, "unavailable"],
    [503, "unavailable"],
  ])("answered with status %d is %s", async (status, reason) => {
    const answer = download((_request, response) => response.writeHead(status).end());
    await expect(answer).rejects.toMatchObject({ name: "UnavailableFile", reason });
  });

  test("behind a redirect is not fetched, even when the redirect stays on the allowed host", async () => {
    const other = await serve((_request, response) => response.end("secret"));
    for (const location of [`${other.origin}/a`, "/elsewhere"]) {
      const server = await serve((_request, response) => response.writeHead(302, { location }).end());
      const answer = downloadFile(`${server.origin}/a`, { allowedOrigins: [server.origin, other.origin] });
      await expect(answer).rejects.toMatchObject({ reason: "unavailable" });
      expect(server.headers).toHaveLength(1);
    }
    expect(other.connections()).toBe(0);
  });

  test("of a host that does not answer is unavailable", async () => {
    const server = await startFileServer(() => {});
    await server.close();
    const answer = downloadFile(`${server.origin}/a`, { allowedOrigins: [server.origin] });
    await expect(answer).rejects.toMatchObject({ reason: "unavailable" });
  });

  test("of a host without TLS is unavailable", async () => {
    const { port } = await serve((_request, response) => response.end("x"));
    const origin = `https://127.0.0.1:${port}`;
    const answer = downloadFile(`${origin}/a`, { allowedOrigins: [origin] });
    await expect(answer).rejects.toMatchObject({ reason: "unavailable" });
  });
});

describe("a body", () => {
  test("cut before its Content-Length is unavailable", async () => {
    const answer = download((_request, response) => {
      response.writeHead(200, { "content-length": 1000 }).write("half", () => response.destroy());
    });
    await expect(answer).rejects.toMatchObject({ reason: "unavailable" });
  });

  test("cut between two chunks is unavailable", async () => {
    const answer = download((_request, response) => response.write("half", () => response.destroy()));
    await expect(answer).rejects.toMatchObject({ reason: "unavailable" });
  });

  test("whose length differs from its Content-Length is unavailable", async () => {
    const { origin } = await serve((_request, response) => response.end());
    vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response("four", { headers: { "content-length": "5" } }));
    const answer = downloadFile(`${origin}/a`, { allowedOrigins: [origin] });
    await expect(answer).rejects.toThrow("Only 4 of 5 bytes arrived.");
  });

  test("that arrives compressed is decompressed, although its Content-Length then differs", async () => {
    const bytes = Buffer.alloc(10_000, "pixels");
    const packed = gzipSync(bytes);
    const headers = { "content-encoding": "gzip", "content-length": packed.length };
    const received = await download((_request, response) => response.writeHead(200, headers).end(packed));
    expect(Buffer.compare(received, bytes)).toBe(0);
  });

  test("without end is read only up to the limit, and its connection is closed", async () => {
    let sent = 0;
    let ended: Promise<unknown> = Promise.resolve();
    const answer = download(
      (_request, response) => {
        ended = closed(response);
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536;
        };
        response.on("drain", more);
        more();
      },
      { maxBytes: 1_000_000 },
    );
    await expect(answer).rejects.toMatchObject({ name: "UnsupportedFile", reason: "too_large" });
    await ended;
    expect(sent).toBeLessThan(20_000_000);
  });

  test("whose Content-Length is too large is not read", async () => {
    let ended: Promise<unknown> = Promise.resolve();
    const answer = download(
      (_request, response) => {
        ended = closed(response);
        response.writeHead(200, { "content-length": 1001 }).flushHeaders();
      },
      { maxBytes: 1000 },
    );
    await expect(answer).rejects.toMatchObject({ reason: "too_large" });
    await ended;
  });

  test("of exactly the limit is allowed", async () => {
    const received = await download((_request, response) => response.end(Buffer.alloc(1000)), { maxBytes: 1000 });
    expect(received).toHaveLength(1000);
  });

  test("that arrives slowly is given up when the time for the whole file is over", async () => {
    let ended: Promise<unknown> = Promise.resolve();
    const answer = download(
      (_request, response) => {
        response.writeHead(200, { "content-length": 1000 });
        const drip = setInterval(() => response.write("x"), 20);
        ended = closed(response).then(() => clearInterval(drip));
      },
      { timeoutMs: 200 },
    );
    await expect(answer).rejects.toMatchObject({ reason: "unavailable" });
    await ended;
  });

  test("has 30 seconds by default", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout");
    await download((_request, response) => response.end("x"));
    expect(timeout.mock.calls).toEqual([[30_000]]);
  });
});

describe("a data URI", () => {
  const bytes = Buffer.from([0, 1, 2, 254, 255]);
  const decode = (uri: string, maxBytes?: number) => downloadFile(uri, { allowedOrigins: [], maxBytes });

  test("is decoded without a connection", async () => {
    const connect = vi.spyOn(Socket.prototype, "connect");
    const received = await decode(`data:image/png;base64,${bytes.toString("base64")}`);
    expect(Buffer.compare(received, bytes)).toBe(0);
    expect(connect).not.toHaveBeenCalled();
  });

  test.each(["data:image/svg+xml,<svg/>", "data:image/png;utf8,x", "data:image/png;base64", "data:"])(
    "%s, not in base64, is refused",
    async (uri) => {
      await expect(decode(uri)).rejects.toMatchObject({ reason: "unsupported_output" });
    },
  );

  test("is limited in size", async () => {
    const uri = `data:image/png;base64,${bytes.toString("base64")}`;
    await expect(decode(uri, 5)).resolves.toHaveLength(5);
    await expect(decode(uri, 4)).rejects.toMatchObject({ reason: "too_large" });
  });
});
