import { once } from "node:events";
import type { RequestListener } from "node:http";
import { expect, onTestFinished, test, vi } from "vitest";
import { fetchOutputFile } from "@/lib/media/fetch-output-file";
import { startFileServer } from "@/tests/support/file-server";

const MB = 1_000_000;

/** Downloads a file from a server with this listener. */
async function download(listener: RequestListener, options: { timeoutMs?: number } = {}) {
  const server = await startFileServer(listener);
  onTestFinished(() => server.close());
  const file = await fetchOutputFile(`${server.origin}/a`, {
    allowedOrigins: [server.origin],
    maxBytes: 10 * MB,
    ...options,
  });
  onTestFinished(file.remove);
  return file;
}

test("a file that arrives slowly is given up unless a megabyte arrives in time, again and again", async () => {
  let ended: Promise<unknown> = Promise.resolve();
  const answer = download(
    (_request, response) => {
      response.writeHead(200, { "content-length": 1000 });
      const drip = setInterval(() => response.write("x"), 20);
      ended = once(response, "close").then(() => clearInterval(drip));
    },
    { timeoutMs: 200 },
  );
  await expect(answer).rejects.toMatchObject({ reason: "unavailable" });
  await ended;
});

test("a file that arrives fast enough may take longer", async () => {
  let sent = 0;
  const received = await download(
    (_request, response) => {
      const drip = setInterval(() => {
        sent += 1;
        response.write(Buffer.alloc(MB));
        if (sent < 5) return;
        clearInterval(drip);
        response.end();
      }, 300);
    },
    { timeoutMs: 1000 },
  );
  expect(received.blob.size).toBe(5 * MB);
});

test("a file has 30 seconds for each megabyte by default", async () => {
  const timeout = vi.spyOn(globalThis, "setTimeout");
  await download((_request, response) => response.end("x"));
  expect(timeout.mock.calls.map(([, ms]) => ms)).toContain(30_000);
});
