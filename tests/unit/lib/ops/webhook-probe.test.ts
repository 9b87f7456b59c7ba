import type { RequestListener } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { consumeRateLimit } from "@/lib/limits/request-limits";
import { probeWebhook } from "@/lib/ops/webhook-probe";
import { startFileServer } from "../../../support/file-server";

// The tests do not wait during the pauses between two attempts.
const pause = vi.hoisted(() => vi.fn<() => Promise<void>>());
vi.mock("node:timers/promises", () => ({ setTimeout: pause }));

const rateLimit = vi.hoisted(() => vi.fn<typeof consumeRateLimit>());
vi.mock("@/lib/limits/request-limits", () => ({ consumeRateLimit: rateLimit }));

const lines: string[] = [];
let server: Awaited<ReturnType<typeof startFileServer>> | undefined;

beforeEach(() => {
  lines.length = 0;
  pause.mockReset().mockResolvedValue();
  rateLimit.mockReset().mockResolvedValue(0);
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  }
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function probe(listener: RequestListener) {
  server = await startFileServer(listener);
  await probeWebhook(`${server.origin}/api/replicate/webhook`);
  const said = lines.map((line) => JSON.parse(line) as { level: string; event: string; problem?: string });
  return said.filter(({ event }) => event.startsWith("webhook_"));
}

const problem = (type: string) => JSON.stringify({ type, title: type, status: 401 });

test("an address that refuses an unsigned webhook is ours", async () => {
  const said = await probe((_, response) => response.writeHead(401).end(problem("invalid_signature")));
  expect(said).toMatchObject([{ level: "info", event: "webhook_reachable" }]);
});

test("a redirect is logged with its target and not followed", async () => {
  const said = await probe((_, response) =>
    response.writeHead(308, { location: "https://www.darkroom.example/" }).end(),
  );
  expect(said).toMatchObject([{ level: "error", event: "webhook_unreachable" }]);
  expect(said[0]?.problem).toBe(
    "The URL redirects to https://www.darkroom.example/, and webhooks do not follow redirects.",
  );
  expect(server?.headers).toHaveLength(5);
});

test.each([
  ["a login in front", 401, "<h1>Sign in</h1>"],
  ["another app's API", 401, problem("unauthenticated")],
  ["a missing page", 404, ""],
  ["a server that accepts everything", 200, "{}"],
])("%s is not ours", async (_, status, body) => {
  const said = await probe((_request, response) => response.writeHead(status).end(body));
  expect(said).toMatchObject([
    { level: "error", problem: expect.stringContaining(`The URL responded with ${status}`) },
  ]);
});

test("an address without a server is logged with the reason", async () => {
  const gone = await startFileServer(() => {});
  await gone.close();
  await probeWebhook(`${gone.origin}/api/replicate/webhook`);
  expect(lines.join("")).toContain("ECONNREFUSED");
});

test("a server that is not up at first is probed again", async () => {
  let asked = 0;
  const said = await probe((_, response) => {
    asked += 1;
    if (asked < 3) response.destroy();
    else response.writeHead(401).end(problem("invalid_signature"));
  });
  expect(said).toMatchObject([{ event: "webhook_reachable" }]);
});

test("an address that any instance has probed within the hour is not probed again", async () => {
  rateLimit.mockResolvedValue(1800);
  expect(await probe((_, response) => response.writeHead(404).end())).toEqual([]);
  expect(server?.headers).toHaveLength(0);
  expect(rateLimit).toHaveBeenCalledExactlyOnceWith(`webhook probe ${server?.origin}/api/replicate/webhook`, 1, 3600);
});

test("a wrong address is also found while the database is down", async () => {
  rateLimit.mockRejectedValue(new Error("connection refused"));
  expect(await probe((_, response) => response.writeHead(404).end())).toMatchObject([{ event: "webhook_unreachable" }]);
});

test("an instance that ends before its probe leaves the probe to the next one", async () => {
  pause.mockReturnValue(new Promise(() => {}));
  void probeWebhook("http://127.0.0.1:1/api/replicate/webhook");
  await new Promise(setImmediate);
  expect(rateLimit).not.toHaveBeenCalled();
});
