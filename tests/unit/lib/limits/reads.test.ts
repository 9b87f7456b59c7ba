import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { countRead } from "@/lib/limits/limits";

vi.mock("@/lib/env", () => ({ env: () => ({ READS_PER_SECOND_PER_USER: 45 }) }));

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** How many of so many requests, this many ms apart, are answered. */
function passed(userId: string, count: number, apart: number, whatOf?: (n: number) => string) {
  let passes = 0;
  for (let n = 0; n < count; n++) {
    try {
      countRead(userId, whatOf?.(n) ?? "a prediction");
      passes++;
    } catch {
      // Counted by what is missing.
    }
    vi.advanceTimersByTime(apart);
  }
  return passes;
}

test("a request each second passes, and so do ten tabs that ask four times a second", () => {
  expect(passed("one tab", 60, 1000)).toBe(60);
  expect(passed("ten tabs", 400, 25)).toBe(400);
});

test("ten tabs that were held up for a second pass all at once", () => {
  expect(passed("held up", 40, 0)).toBe(40);
});

test("a hundred a second do not pass, and wait a second", () => {
  expect(passed("a loop", 100, 10)).toBeLessThan(100);
  expect(passed("a longer loop", 1000, 10)).toBeLessThanOrEqual(45 + 450);
  expect(() => {
    for (let n = 0; n < 46; n++) countRead("a burst", "a list");
  }).toThrow(expect.objectContaining({ code: "rate_limited", status: 429, retryAfter: 1 }));
});

test("fifty predictions may each be watched by one person, and not two hundred and thirty at once", () => {
  expect(passed("a busy feed", 500, 20, (n) => `prediction ${n % 50}`)).toBe(500);
  expect(passed("a script", 300, 0, (n) => `prediction ${n}`)).toBe(225);
});

test("one person's requests are not another's", () => {
  expect([passed("busy", 100, 0), passed("calm", 1, 0)]).toEqual([45, 1]);
});

test("a second later all is forgiven", () => {
  passed("hasty", 45, 0);
  expect(passed("hasty", 1, 0)).toBe(0);
  vi.advanceTimersByTime(1000);
  expect(passed("hasty", 46, 0)).toBe(45);
});

test("the memory it takes has an end: who has not asked for longest is forgotten", () => {
  const first = passed("the first", 45, 0);
  for (let n = 0; n < 10_000; n++) countRead(`person ${n % 100}`, `prediction ${n}`);
  expect([first, globalThis.darkroomMemoryLimits?.size, passed("the first", 1, 0)]).toEqual([45, 10_000, 1]);
});
