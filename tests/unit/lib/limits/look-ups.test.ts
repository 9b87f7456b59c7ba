import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { countLookUp } from "@/lib/limits/limits";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

function passed(userId: string, count: number) {
  let passes = 0;
  for (let n = 0; n < count; n++) {
    try {
      countLookUp(userId);
      passes++;
    } catch {
      // Counted by what is missing.
    }
  }
  return passes;
}

test("one person has thirty questions at once, and one more with each second", () => {
  expect(passed("a browser of models", 100)).toBe(30);
  vi.advanceTimersByTime(5000);
  expect(passed("a browser of models", 100)).toBe(5);
  expect(passed("another", 1)).toBe(1);
});

test("who has none left is told when there is one", () => {
  expect(passed("hasty", 30)).toBe(30);
  vi.advanceTimersByTime(200);
  expect(() => countLookUp("hasty")).toThrow(
    expect.objectContaining({ code: "rate_limited", status: 429, retryAfter: 1 }),
  );
  vi.advanceTimersByTime(800);
  expect(passed("hasty", 2)).toBe(1);
});
