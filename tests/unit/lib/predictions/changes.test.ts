import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { announceChange, nextChange, waitFor } from "@/lib/predictions/changes";
import { watch } from "@/lib/predictions/watch";
import { predictionRow } from "./row";

const ID = "0195f2a8-0000-7000-8000-000000000001";
const USER = "0195f2a8-0000-7000-8000-000000000002";
const OTHER = "0195f2a8-0000-7000-8000-000000000003";
const CHANGED = predictionRow({ id: ID, user_id: USER });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Waits for `state.answer`, counting the looks; `wait` ends with the answer, `at` is when (ms). */
function wait(timeout: number, { id = ID, signal = new AbortController().signal } = {}) {
  const state: { answer: string | null; looks: number; at: number | null } = { answer: null, looks: 0, at: null };
  const start = Date.now();
  const look = () => {
    state.looks += 1;
    return Promise.resolve(state.answer);
  };
  const done = waitFor(id, look, timeout, signal).finally(() => (state.at = Date.now() - start));
  return { state, done };
}

describe("whoever waits for a change", () => {
  test("gets what is there already, at once", async () => {
    expect(await waitFor(ID, () => Promise.resolve("done"), 25_000, new AbortController().signal)).toBe("done");
  });

  test("looks once when there is no time to wait", async () => {
    const { state, done } = wait(0);
    expect([await done, state.looks]).toEqual([null, 1]);
  });

  test.each([
    ["the prediction", ID],
    ["anything of the user", USER],
  ])("is woken by what is announced for %s", async (_, id) => {
    const { state, done } = wait(25_000, { id });
    await vi.advanceTimersByTimeAsync(300);
    state.answer = "done";
    announceChange(CHANGED);
    expect(await done).toBe("done");
    expect([state.at, state.looks]).toEqual([300, 2]);
  });

  test("goes on waiting when the change is not the one it waits for", async () => {
    const { state, done } = wait(25_000);
    await vi.advanceTimersByTimeAsync(100);
    announceChange(CHANGED);
    await vi.advanceTimersByTimeAsync(100);
    state.answer = "done";
    announceChange(CHANGED);
    expect(await done).toBe("done");
    expect([state.at, state.looks]).toEqual([200, 3]);
  });

  test("is not woken by somebody else's change", async () => {
    const { state, done } = wait(25_000);
    await vi.advanceTimersByTimeAsync(100);
    state.answer = "done";
    announceChange(predictionRow({ id: OTHER, user_id: OTHER }));
    await vi.advanceTimersByTimeAsync(800);
    expect([state.at, state.looks]).toEqual([null, 1]);
    await vi.advanceTimersByTimeAsync(100);
    expect(await done).toBe("done");
  });

  test("looks every second, for changes that another server made", async () => {
    const { state, done } = wait(25_000);
    await vi.advanceTimersByTimeAsync(2500);
    expect(state.looks).toBe(3);
    state.answer = "done";
    await vi.advanceTimersByTimeAsync(500);
    expect([await done, state.at, state.looks]).toEqual(["done", 3000, 4]);
  });

  test("does not miss a change that comes while it is looking", async () => {
    let answer: string | null = null;
    let looks = 0;
    const start = Date.now();
    const look = async () => {
      looks += 1;
      const seen = answer;
      await new Promise((resolve) => setTimeout(resolve, 40));
      return seen;
    };
    const done = waitFor(ID, look, 25_000, new AbortController().signal);
    await vi.advanceTimersByTimeAsync(20);
    answer = "done";
    announceChange(CHANGED);
    await vi.advanceTimersByTimeAsync(60);
    expect([await done, looks, Date.now() - start]).toEqual(["done", 2, 80]);
  });

  test("hears that time is up, after a last look", async () => {
    const { state, done } = wait(2500);
    await vi.advanceTimersByTimeAsync(2400);
    expect([state.looks, state.at]).toEqual([3, null]);
    await vi.advanceTimersByTimeAsync(100);
    expect([await done, state.at, state.looks]).toEqual([null, 2500, 4]);
  });

  test("leaves at once when the caller has gone", async () => {
    const caller = new AbortController();
    const { state, done } = wait(25_000, { signal: caller.signal });
    await vi.advanceTimersByTimeAsync(100);
    caller.abort();
    expect([await done, state.at]).toEqual([null, 100]);
    const late = wait(25_000, { signal: caller.signal });
    expect([await late.done, late.state.looks]).toEqual([null, 1]);
  });

  test("leaves nothing behind: no timer, no listener, nothing on the caller's signal", async () => {
    const { signal } = new AbortController();
    const { done } = wait(10_000, { signal });
    await vi.advanceTimersByTimeAsync(5500);
    expect(globalThis.darkroomChanges?.listenerCount(ID)).toBe(1);
    await vi.advanceTimersByTimeAsync(4500);
    await done;
    expect([vi.getTimerCount(), globalThis.darkroomChanges?.eventNames()]).toEqual([0, []]);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("hears when looking fails", async () => {
    const look = () => Promise.reject(new Error("the database is gone"));
    const failed = waitFor(ID, look, 25_000, new AbortController().signal);
    await expect(failed).rejects.toThrow("the database is gone");
    await vi.advanceTimersByTimeAsync(1000);
    expect([vi.getTimerCount(), globalThis.darkroomChanges?.eventNames()]).toEqual([0, []]);
  });

  test("is one of many: all of them are woken", async () => {
    const waiting = Array.from({ length: 50 }, () => wait(25_000));
    await vi.advanceTimersByTimeAsync(1);
    for (const { state } of waiting) state.answer = "done";
    announceChange(CHANGED);
    expect(new Set(await Promise.all(waiting.map(({ done }) => done)))).toEqual(new Set(["done"]));
    expect(waiting.map(({ state }) => state.at)).toEqual(waiting.map(() => 1));
  });
});

test("a wait that is stopped is over", async () => {
  const { done, stop } = nextChange(ID, 25_000);
  stop();
  await expect(done).resolves.toBeNull();
});

describe("a watch", () => {
  const { signal } = new AbortController();
  const tagged = (etag: string) => () => Promise.resolve({ value: etag, etag });

  test("answers at once with what the caller does not know", async () => {
    const found = await watch(ID, tagged('"2"'), { known: '"1"', seconds: 25, signal });
    expect(found).toEqual({ value: '"2"', etag: '"2"' });
    expect(await watch(ID, tagged('"2"'), { known: null, seconds: 0, signal })).not.toBeNull();
  });

  test("says that nothing has changed when its seconds are over", async () => {
    const start = Date.now();
    const watching = watch(ID, tagged('"1"'), { known: '"1"', seconds: 2, signal });
    const ended = watching.then((found) => ({ found, at: Date.now() - start }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await ended).toEqual({ found: null, at: 2000 });
  });

  test("waits for the end itself once all steps are done, yet not for long", async () => {
    let etag = '"2"';
    let at = 0;
    const held = watch(ID, () => tagged(etag)(), { known: '"2"', seconds: 25, signal }).finally(
      () => (at = Date.now()),
    );
    const start = Date.now();
    await vi.advanceTimersByTimeAsync(100);
    etag = '"3"';
    announceChange({ ...CHANGED, status: "processing", progress: 1 });
    await vi.advanceTimersByTimeAsync(10);
    expect(at).toBe(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await held).toMatchObject({ etag: '"3"' });
    expect(at - start).toBeLessThanOrEqual(1110);
  });
});
