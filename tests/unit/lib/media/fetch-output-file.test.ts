import { createHash } from "node:crypto";
import { once } from "node:events";
import type { RequestListener, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { fetchOutputFile } from "@/lib/media/fetch-output-file";
import { startFileServer } from "../../../support/file-server";

afterEach(() => vi.restoreAllMocks());

async function serve(listener: RequestListener) {
  const server = await startFileServer(listener);
  onTestFinished(() => server.close());
  return server;
}

const MB = 1_000_000;
type Options = { maxBytes?: number; timeoutMs?: number };

/** Downloads a file from this URL, and removes it after the test. */
async function fetchFile(url: string, allowedOrigins: string[], options: Options = {}) {
  const file = await fetchOutputFile(url, { allowedOrigins, maxBytes: 10 * MB, ...options });
  onTestFinished(file.remove);
  return file;
}

/** Downloads a file from a server with this listener. */
async function download(listener: RequestListener, options?: Options) {
  const { origin } = await serve(listener);
  return fetchFile(`${origin}/out-0.png`, [origin], options);
}

async function bytesOf({ blob }: { blob: Blob }) {
  return Buffer.from(await blob.arrayBuffer());
}

const closed = (response: ServerResponse) => once(response, "close");

describe("a file", () => {
  test("arrives byte for byte, whatever its Content-Type says", async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    const received = await download((_request, response) => response.setHeader("content-type", "text/html").end(bytes));
    expect((await bytesOf(received)).equals(bytes)).toBe(true);
  });

  test("is requested without anything that identifies a user", async () => {
    const server = await serve((_request, response) => response.setHeader("set-cookie", "a=1").end("x"));
    await fetchFile(`${server.origin}/a`, [server.origin]);
    await fetchFile(`${server.origin}/a`, [server.origin]);
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
      const answer = fetchFile(`${server.origin}/a`, [server.origin, other.origin]);
      await expect(answer).rejects.toMatchObject({ reason: "unavailable" });
      expect(server.headers).toHaveLength(1);
    }
    expect(other.connections()).toBe(0);
  });

  test("of a host that does not answer is unavailable", async () => {
    const server = await startFileServer(() => {});
    await server.close();
    const answer = fetchFile(`${server.origin}/a`, [server.origin]);
    await expect(answer).rejects.toMatchObject({ reason: "unavailable" });
  });

  test("of a host without TLS is unavailable", async () => {
    const { port } = await serve((_request, response) => response.end("x"));
    const origin = `https://127.0.0.1:${port}`;
    const answer = fetchFile(`${origin}/a`, [origin]);
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
    const answer = fetchFile(`${origin}/a`, [origin]);
    await expect(answer).rejects.toThrow("Only 4 of 5 bytes arrived.");
  });

  test("that arrives compressed is decompressed, although its Content-Length then differs", async () => {
    const bytes = Buffer.alloc(10_000, "pixels");
    const packed = gzipSync(bytes);
    const headers = { "content-encoding": "gzip", "content-length": packed.length };
    const received = await download((_request, response) => response.writeHead(200, headers).end(packed));
    expect((await bytesOf(received)).equals(bytes)).toBe(true);
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
    expect(received.blob.size).toBe(1000);
  });

  test.each([
    ["with", { "content-length": 4 }, true],
    ["without", {}, false],
    ["with a compressed", { "content-encoding": "identity", "content-length": 4 }, false],
  ])("%s Content-Length tells whether its length is the announced one", async (_, headers, hasFullLength) => {
    const received = await download((_request, response) => response.writeHead(200, headers).end("four"));
    expect(received.hasFullLength).toBe(hasFullLength);
  });

  test.each([3, 5])("of %i MB comes with its hash", async (size) => {
    const bytes = Buffer.alloc(size * MB, "pixels");
    const received = await download((_request, response) => response.end(bytes));
    expect(received.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect((await bytesOf(received)).equals(bytes)).toBe(true);
  });
});
