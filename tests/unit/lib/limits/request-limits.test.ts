import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { countModelRequest, countRead, registerArchive, withUploadSlot } from "@/lib/limits/request-limits";
import { processState } from "@/lib/process-globals";

vi.mock("@/lib/env", () => ({ env: () => ({ READS_PER_SECOND_PER_USER: 45 }) }));

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** Calls `call` this many times, with `apart` milliseconds between two calls. Returns how many calls do not throw. */
function countPassed(calls: number, apart: number, call: (n: number) => void) {
  let passed = 0;
  for (let n = 0; n < calls; n++) {
    try {
      call(n);
      passed++;
    } catch {
      // A call that throws is not counted.
    }
    vi.advanceTimersByTime(apart);
  }
  return passed;
}

describe("reads", () => {
  const passed = (userId: string, calls: number, apart: number, what?: (n: number) => string) =>
    countPassed(calls, apart, (n) => countRead(userId, what?.(n) ?? "a prediction"));

  test("one a second passes, and so do ten tabs that poll four times a second", () => {
    expect(passed("one tab", 60, 1000)).toBe(60);
    expect(passed("ten tabs", 400, 25)).toBe(400);
  });

  test("of ten tabs that were delayed for a second pass all at once", () => {
    expect(passed("delayed", 40, 0)).toBe(40);
  });

  test("a hundred a second do not pass, and wait a second", () => {
    expect(passed("a loop", 100, 10)).toBeLessThan(100);
    expect(passed("a longer loop", 1000, 10)).toBeLessThanOrEqual(45 + 450);
    expect(() => {
      for (let n = 0; n < 46; n++) countRead("a burst", "a list");
    }).toThrow(expect.objectContaining({ code: "rate_limited", status: 429, retryAfter: 1 }));
  });

  test("of fifty predictions pass for one user, but not of three hundred at once", () => {
    expect(passed("a busy feed", 500, 20, (n) => `prediction ${n % 50}`)).toBe(500);
    expect(passed("a script", 300, 0, (n) => `prediction ${n}`)).toBe(225);
  });

  test("of one user do not count for another", () => {
    expect([passed("busy", 100, 0), passed("calm", 1, 0)]).toEqual([45, 1]);
  });

  test("are all free again a second later", () => {
    passed("hasty", 45, 0);
    expect(passed("hasty", 1, 0)).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(passed("hasty", 46, 0)).toBe(45);
  });

  test("take a limited memory: the longest unused name is dropped", () => {
    const first = passed("the first", 45, 0);
    for (let n = 0; n < 10_000; n++) countRead(`user ${n % 100}`, `prediction ${n}`);
    expect([first, processState.memoryLimits.size, passed("the first", 1, 0)]).toEqual([45, 10_000, 1]);
  });
});

describe("requests for model data", () => {
  const passed = (userId: string, calls: number) => countPassed(calls, 0, () => countModelRequest(userId));

  test("are thirty at once for each user, and one more each second", () => {
    expect(passed("a browser of models", 100)).toBe(30);
    vi.advanceTimersByTime(5000);
    expect(passed("a browser of models", 100)).toBe(5);
    expect(passed("another", 1)).toBe(1);
  });

  test("that are one too many say when to try again", () => {
    expect(passed("hasty", 30)).toBe(30);
    vi.advanceTimersByTime(200);
    expect(() => countModelRequest("hasty")).toThrow(
      expect.objectContaining({ code: "rate_limited", status: 429, retryAfter: 1 }),
    );
    vi.advanceTimersByTime(800);
    expect(passed("hasty", 2)).toBe(1);
  });
});

describe("uploads", () => {
  test("are received four at a time for each user, and the others are not read before", async () => {
    const reading: (() => void)[] = [];
    const read = () => new Promise<string>((resolve) => reading.push(() => resolve("saved")));
    const all = Promise.all(Array.from({ length: 10 }, () => withUploadSlot("busy", read)));
    await vi.waitFor(() => expect(reading).toHaveLength(4));
    expect(await withUploadSlot("calm", () => Promise.resolve("another user's"))).toBe("another user's");
    expect(reading).toHaveLength(4);

    reading[0]?.();
    await vi.waitFor(() => expect(reading).toHaveLength(5));
    for (let done = 1; done < 10; done += 1) {
      await vi.waitFor(() => expect(reading.length).toBeGreaterThan(done));
      reading[done]?.();
    }
    expect(await all).toEqual(Array(10).fill("saved"));
  });

  test("that fail make room as well", async () => {
    for (let sent = 0; sent < 6; sent += 1) {
      await expect(withUploadSlot("unlucky", () => Promise.reject(new Error("cut")))).rejects.toThrow("cut");
    }
  });
});

describe("archives", () => {
  const open = (user: string) => {
    const archive = { idleSince: performance.now(), end: vi.fn<() => void>() };
    return { archive, release: registerArchive(user, archive) };
  };
  const refused = expect.objectContaining({ code: "rate_limited", status: 429, retryAfter: 10 });

  test("of one user are four at a time, and the fifth waits until one of them is complete", () => {
    const archives = Array.from({ length: 4 }, () => open("hurried"));
    vi.advanceTimersByTime(29_000);
    expect(() => open("hurried")).toThrow(refused);
    open("another user");
    archives[2]?.release();
    open("hurried");
    expect(archives.filter(({ archive }) => archive.end.mock.calls.length > 0)).toEqual([]);
  });

  test("end if their clients have stalled and a further one begins, the longest stalled first", () => {
    const archives = Array.from({ length: 4 }, () => open("disconnected").archive);
    vi.advanceTimersByTime(30_000);
    const [reading, slow, stalled, live] = archives;
    Object.assign(reading ?? {}, { idleSince: Infinity });
    Object.assign(slow ?? {}, { idleSince: 100 + (stalled?.idleSince ?? 0) });
    Object.assign(live ?? {}, { idleSince: performance.now() });
    open("disconnected");
    expect(archives.map(({ end }) => end.mock.calls.length)).toEqual([0, 0, 1, 0]);
    expect(() => open("disconnected")).toThrow(refused);
    vi.advanceTimersByTime(100);
    open("disconnected");
    expect(slow?.end).toHaveBeenCalledOnce();
  });
});
