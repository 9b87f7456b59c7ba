import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createCache } from "@/lib/cache";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

test("an answer is given again while it is fresh, each key by itself", async () => {
  const load = vi.fn<(answer: string) => Promise<string>>((answer) => Promise.resolve(answer));
  const cached = createCache<string>({ ttl: 1000 });
  expect(await cached("a", () => load("first"))).toBe("first");
  later(999);
  expect(await cached("a", () => load("second"))).toBe("first");
  expect(await cached("b", () => load("other"))).toBe("other");
  later(2);
  expect(await cached("a", () => load("third"))).toBe("third");
  expect(load).toHaveBeenCalledTimes(3);
});

test("callers that ask at the same time share one call", async () => {
  const load = vi.fn<() => Promise<string>>(() => Promise.resolve("shared"));
  const cached = createCache<string>({ ttl: 1000 });
  expect(await Promise.all([cached("a", load), cached("a", load)])).toEqual(["shared", "shared"]);
  expect(load).toHaveBeenCalledTimes(1);
});

test("an error is passed on and asked for again", async () => {
  const cached = createCache<string>({ ttl: 1000 });
  await expect(cached("a", () => Promise.reject(new Error("no answer")))).rejects.toThrow("no answer");
  expect(await cached("a", () => Promise.resolve("answer"))).toBe("answer");
});

test("the answer may say how long it stays fresh, and that it does not", async () => {
  const load = vi.fn<(ms: number) => Promise<number>>((ms) => Promise.resolve(ms));
  const cached = createCache<number>({ ttl: (ms) => ms });
  for (const ms of [0, 50, 100, 150]) await cached("a", () => load(ms));
  expect(load.mock.calls).toEqual([[0], [50]]);
  later(51);
  expect(await cached("a", () => load(200))).toBe(200);
});

test("the least recently used answer is dropped first", async () => {
  const load = vi.fn<(key: string) => Promise<string>>((key) => Promise.resolve(key));
  const cached = createCache<string>({ ttl: 1000, max: 2 });
  for (const key of ["a", "b", "a", "c", "a", "b"]) await cached(key, () => load(key));
  expect(load.mock.calls.flat()).toEqual(["a", "b", "c", "b"]);
});

test("the least recently used answers are dropped when all together are too large", async () => {
  const load = vi.fn<(key: string) => Promise<string>>((key) => Promise.resolve(key));
  const cached = createCache<string>({ ttl: 1000, size: { most: 10, of: ({ length }) => length } });
  for (const key of ["aaaa", "bbbb", "aaaa", "cccc", "aaaa", "bbbb"]) await cached(key, () => load(key));
  expect(load.mock.calls.flat()).toEqual(["aaaa", "bbbb", "cccc", "bbbb"]);
  for (const key of ["too large to keep", "too large to keep"]) await cached(key, () => load(key));
  expect(load.mock.calls.flat().filter((key) => key.startsWith("too"))).toHaveLength(2);
});
