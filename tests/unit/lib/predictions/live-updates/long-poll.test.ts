import { getEventListeners } from "node:events";
import { describe, expect, test, vi } from "vitest";
import { publishChange, nextChange } from "@/lib/predictions/live-updates/publish-change";
import { processState } from "@/lib/process-globals";
import { predictionRow } from "../row";
import { ask, CHANGED, ID, OTHER, USER, holdTime, wait } from "./wait";

holdTime();

describe("a long poll", () => {
  test("ends at once when there is news already", async () => {
    const question = { read: async () => "done", isNews: () => true };
    expect([await ask(question), await ask({ ...question, seconds: 0 })]).toEqual(["done", "done"]);
  });

  test("reads once when there is no time to wait", async () => {
    const { state, done } = wait(0);
    expect([await done, state.reads]).toEqual([null, 1]);
  });

  test.each([
    ["the prediction", ID],
    ["anything of the user", USER],
  ])("ends with a change of %s", async (_, id) => {
    const { state, done } = wait(25, { id });
    await vi.advanceTimersByTimeAsync(300);
    state.answer = "done";
    publishChange(CHANGED);
    expect(await done).toBe("done");
    expect([state.at, state.reads]).toEqual([300, 2]);
  });

  test("reads with the change and the result before it", async () => {
    const seen: unknown[] = [];
    const read = async (...given: unknown[]) => `look ${seen.push(given)}`;
    const done = ask({ read, isNews: (found) => found === "look 3" });
    await vi.advanceTimersByTimeAsync(100);
    publishChange(CHANGED);
    await vi.advanceTimersByTimeAsync(1);
    publishChange({ ...CHANGED, revision: 2 });
    expect(await done).toBe("look 3");
    expect(seen).toEqual([
      [null, null],
      [CHANGED, "look 1"],
      [{ ...CHANGED, revision: 2 }, "look 2"],
    ]);
  });

  test("asks every second whether progress is news, even if other predictions change more often", async () => {
    const done = ask({ read: async () => "progress", isNews: (_, isTick) => isTick });
    const start = Date.now();
    for (let change = 0; change < 9; change += 1) {
      await vi.advanceTimersByTimeAsync(100);
      publishChange(CHANGED);
    }
    await vi.advanceTimersByTimeAsync(100);
    expect(await done).toBe("progress");
    expect(Date.now() - start).toBe(1000);
  });

  test("continues when the change is not news", async () => {
    const { state, done } = wait(25);
    await vi.advanceTimersByTimeAsync(100);
    publishChange(CHANGED);
    await vi.advanceTimersByTimeAsync(100);
    state.answer = "done";
    publishChange(CHANGED);
    expect(await done).toBe("done");
    expect([state.at, state.reads]).toEqual([200, 3]);
  });

  test("ignores the change of another prediction", async () => {
    const { state, done } = wait(25);
    await vi.advanceTimersByTimeAsync(100);
    state.answer = "done";
    publishChange(predictionRow({ id: OTHER, user_id: OTHER }));
    await vi.advanceTimersByTimeAsync(800);
    expect([state.at, state.reads]).toEqual([null, 1]);
    await vi.advanceTimersByTimeAsync(100);
    expect(await done).toBe("done");
  });

  test("reads every second, for changes of another server", async () => {
    const { state, done } = wait(25);
    await vi.advanceTimersByTimeAsync(2500);
    expect(state.reads).toBe(3);
    state.answer = "done";
    await vi.advanceTimersByTimeAsync(500);
    expect([await done, state.at, state.reads]).toEqual(["done", 3000, 4]);
  });

  test.each(["first", "second"])("does not miss a change during its %s read", async (which) => {
    let answer = "nothing new";
    const read = async () => {
      const seen = answer;
      await new Promise((resolve) => setTimeout(resolve, 40));
      return seen;
    };
    const isNews = (found: string) => found === "done";
    const done = ask({ read, isNews });
    const ended = done.then((found) => [found, Date.now() - start]);
    const start = Date.now();
    const begun = which === "first" ? 0 : 100;
    await vi.advanceTimersByTimeAsync(begun);
    if (which === "second") publishChange(CHANGED);
    await vi.advanceTimersByTimeAsync(20);
    answer = "done";
    publishChange(CHANGED);
    await vi.advanceTimersByTimeAsync(100);
    expect(await ended).toEqual(["done", begun + (which === "first" ? 60 : 80)]);
  });

  test("ends without news when time is up", async () => {
    const { state, done } = wait(2);
    await vi.advanceTimersByTimeAsync(1999);
    expect([state.reads, state.at]).toEqual([2, null]);
    await vi.advanceTimersByTimeAsync(1);
    expect([await done, state.at]).toEqual([null, 2000]);
  });

  test("returns the news of its own read, however late", async () => {
    const read = () => new Promise<string>((resolve) => setTimeout(resolve, 3000, "done"));
    const done = ask({ read, isNews: () => true, seconds: 1 });
    await vi.advanceTimersByTimeAsync(3000);
    expect(await done).toBe("done");
  });

  test("ends at once when the client has gone", async () => {
    const caller = new AbortController();
    const { state, done } = wait(25, { signal: caller.signal });
    await vi.advanceTimersByTimeAsync(100);
    caller.abort();
    expect([await done, state.at]).toEqual([null, 100]);
    const late = wait(25, { signal: caller.signal });
    expect([await late.done, late.state.reads]).toEqual([null, 1]);
  });

  test("leaves no timer and no listener", async () => {
    const { signal } = new AbortController();
    const { done } = wait(10, { signal });
    await vi.advanceTimersByTimeAsync(5500);
    expect(processState.events.listenerCount(ID)).toBe(1);
    await vi.advanceTimersByTimeAsync(4500);
    await done;
    await vi.advanceTimersByTimeAsync(0);
    expect([vi.getTimerCount(), processState.events.eventNames(), processState.openPolls.size]).toEqual([0, [], 0]);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test.each([0, 1])("fails when read %i fails", async (at) => {
    let reads = 0;
    const read = async () => {
      if (reads++ === at) throw new Error("the database is gone");
      return "nothing new";
    };
    const failed = ask({ read, isNews: () => false }).catch(String);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await failed).toBe("Error: the database is gone");
    expect([vi.getTimerCount(), processState.events.eventNames()]).toEqual([0, []]);
  });

  test("waits for the end when all steps are done, but not for long", async () => {
    const { state, done } = wait(25);
    await vi.advanceTimersByTimeAsync(100);
    state.answer = "all steps done";
    publishChange({ ...CHANGED, status: "processing", progress: 1 });
    await vi.advanceTimersByTimeAsync(10);
    expect(state.at).toBeNull();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await done).toBe("all steps done");
    expect(state.at).toBeLessThanOrEqual(1110);
  });
});

test("a wait that is aborted ends at once", async () => {
  const caller = new AbortController();
  const change = nextChange(ID, 25_000, caller.signal);
  caller.abort();
  await expect(change).resolves.toBeNull();
});
