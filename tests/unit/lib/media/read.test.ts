import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readObject } from "@/lib/media/storage";
import { stubSettings } from "../settings";

const ask = vi.fn<typeof fetch>();
const signalOf = () => ask.mock.lastCall?.[1]?.signal;

beforeEach(() => {
  vi.useFakeTimers();
  stubSettings();
  vi.stubGlobal("fetch", ask);
  // The real one knows nothing of the test's clock.
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    const late = new AbortController();
    setTimeout(() => late.abort(), ms);
    return late.signal;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("an image that has begun to come is read for as long as its reader takes", async () => {
  ask.mockResolvedValueOnce(new Response("bytes"));
  const body = await readObject("somebody/image.png");
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(signalOf()?.aborted).toBe(false);
  expect(await new Response(body).text()).toBe("bytes");
});

test("a storage that does not begin is not waited for for ever", async () => {
  ask.mockImplementationOnce(
    (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("late")))),
  );
  await Promise.all([
    expect(readObject("somebody/image.png")).rejects.toMatchObject({ code: "db_unavailable" }),
    vi.advanceTimersByTimeAsync(30_000),
  ]);
});
