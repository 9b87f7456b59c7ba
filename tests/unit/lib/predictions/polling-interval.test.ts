import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { getTypicalSeconds } from "@/lib/models/typical-seconds";

const known = vi.hoisted(() => ({ getTypicalSeconds: vi.fn<typeof getTypicalSeconds>() }));
const settings = vi.hoisted((): { webhookUrl: string | null } => ({ webhookUrl: null }));
vi.mock("@/lib/models/typical-seconds", () => known);
vi.mock("@/lib/env", () => ({ env: () => settings }));

const MODEL = "stability-ai/sdxl";

/** Loads the function again, so that its cache of typical run times is empty. */
async function pace() {
  vi.resetModules();
  return (await import("@/lib/predictions/polling-interval")).getPollDelay;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  known.getTypicalSeconds.mockReset().mockResolvedValue(null);
  settings.webhookUrl = null;
});
afterEach(() => void vi.useRealTimers());

/** Returns when Replicate is polled (s) during a run of `actual` seconds. The model's typical time is `usual` seconds. */
async function questions(usual: number, actual: number): Promise<number[]> {
  known.getTypicalSeconds.mockResolvedValue(usual);
  const getPollDelay = await pace();
  const at: number[] = [];
  for (let now = 0; (at.at(-1) ?? 0) < actual; at.push(now)) now += await getPollDelay(MODEL, now);
  return at;
}

describe("without webhooks Replicate is asked", () => {
  test.each([
    [1, 1],
    [4, 4],
    [4, 6],
    [15, 14],
    [40, 45],
    [120, 120],
    [4, 600],
  ])("seldom enough and soon after the end: typically %i s, this time %i s", async (usual, actual) => {
    const at = await questions(usual, actual);
    const late = (at.at(-1) ?? 0) - actual;
    expect(late).toBeLessThanOrEqual(Math.max(0.3, Math.min(20, actual * 0.08)));
    expect(at.length).toBeLessThan(12 + 20 * Math.log2(1 + actual / usual));
  });

  test("first half way, then just before the typical end", async () => {
    known.getTypicalSeconds.mockResolvedValue(20);
    const getPollDelay = await pace();
    expect(await getPollDelay(MODEL, 0)).toBe(10);
    expect(await getPollDelay(MODEL, 10)).toBeCloseTo(9.6);
    expect(await getPollDelay(MODEL, 20)).toBeCloseTo(0.2);
  });

  test("never more than ten times a second, and at least every 20 seconds", async () => {
    const getPollDelay = await pace();
    for (const usual of [0, 0.001, 1, 4, 300, 100_000]) {
      known.getTypicalSeconds.mockResolvedValue(usual);
      for (const elapsed of [-5, 0, 0.1, 1, 10, 1000, 100_000]) {
        const wait = await getPollDelay(`a/b${usual}`, elapsed);
        expect([wait, wait >= 0.1, wait <= 20]).toEqual([wait, true, true]);
      }
    }
  });
});

test("with webhooks it is asked only when one seems to be lost", async () => {
  settings.webhookUrl = "https://darkroom.example/api/replicate/webhook";
  known.getTypicalSeconds.mockResolvedValue(8);
  const getPollDelay = await pace();
  expect([await getPollDelay(MODEL, 0), await getPollDelay(MODEL, 3), await getPollDelay(MODEL, 100)]).toEqual([
    16, 13, 5,
  ]);
  known.getTypicalSeconds.mockResolvedValue(1);
  expect(await getPollDelay("a/quick", 0)).toBe(10);
  known.getTypicalSeconds.mockResolvedValue(300);
  expect(await getPollDelay("a/slow", 0)).toBe(20);
});

describe("the typical time of a model", () => {
  test("is assumed to be four seconds when there is none, or the database fails", async () => {
    const getPollDelay = await pace();
    expect(await getPollDelay(MODEL, 0)).toBe(2);
    known.getTypicalSeconds.mockRejectedValue(new Error("the database is gone"));
    expect(await getPollDelay("a/b", 0)).toBe(2);
  });

  test("is read once in five seconds for each model", async () => {
    const getPollDelay = await pace();
    await Promise.all([getPollDelay(MODEL, 0), getPollDelay(MODEL, 0), getPollDelay("a/b", 0)]);
    expect(known.getTypicalSeconds.mock.calls).toEqual([[MODEL], ["a/b"]]);
    vi.setSystemTime(Date.now() + 4999);
    await getPollDelay(MODEL, 0);
    expect(known.getTypicalSeconds).toHaveBeenCalledTimes(2);
    vi.setSystemTime(Date.now() + 2);
    await getPollDelay(MODEL, 0);
    expect(known.getTypicalSeconds).toHaveBeenCalledTimes(3);
  });
});
