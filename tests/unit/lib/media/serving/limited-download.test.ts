import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { limitedDownload } from "@/lib/media/serving/limited-download";
import { processState } from "@/lib/process-globals";

vi.mock("@/lib/env", () => ({ env: () => ({}) }));

const ended = vi.fn<() => void>();

beforeEach(() => {
  ended.mockReset();
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  processState.openArchives.clear();
  vi.useRealTimers();
});

/** An archive in chunks of one byte. */
async function* archive(chunks: number) {
  try {
    for (let chunk = 0; chunk < chunks; chunk += 1) yield new Uint8Array([chunk]);
  } finally {
    ended();
  }
}

const openCount = () => processState.openArchives.get("user")?.size ?? 0;

test("a download is open until it is complete, fails or is left", async () => {
  async function* broken() {
    yield* archive(1);
    throw new Error("broken");
  }
  const bodies = [archive(3), broken(), archive(3)].map((chunks) => limitedDownload("user", chunks));
  expect(openCount()).toBe(3);
  const [complete, failed, left] = bodies.map((body) => new Response(body));
  expect(await complete?.bytes()).toEqual(new Uint8Array([0, 1, 2]));
  expect(openCount()).toBe(2);
  await expect(failed?.bytes()).rejects.toThrow("broken");
  expect(openCount()).toBe(1);
  const reader = left?.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect([openCount(), ended.mock.calls.length]).toEqual([0, 3]);
});

test("a stalled download breaks off when the user starts a fifth one, and its archive is not read any more", async () => {
  const readers = Array.from({ length: 4 }, () => limitedDownload("user", archive(3)).getReader());
  await Promise.all(readers.map((reader) => reader.read()));
  expect(() => limitedDownload("user", archive(1))).toThrow("four archives");
  vi.advanceTimersByTime(30_000);
  await Promise.all(readers.slice(1).map((reader) => reader.read()));
  limitedDownload("user", archive(1));
  await expect(readers[0]?.read()).rejects.toThrow("stopped reading");
  expect(ended).toHaveBeenCalledOnce();
  expect((await readers[1]?.read())?.value).toEqual(new Uint8Array([2]));
  expect(openCount()).toBe(4);
});

test("a download that waits for storage has not stalled", async () => {
  const { promise: stored, resolve } = Promise.withResolvers<void>();
  async function* slow() {
    await stored;
    yield* archive(1);
  }
  const reading = Array.from({ length: 4 }, () => limitedDownload("user", slow()).getReader().read());
  await setImmediate();
  vi.advanceTimersByTime(60_000);
  expect(() => limitedDownload("user", archive(1))).toThrow("four archives");
  resolve();
  expect((await Promise.all(reading)).map(({ done }) => done)).toEqual([false, false, false, false]);
  expect(() => limitedDownload("user", archive(1))).toThrow("four archives");
});
