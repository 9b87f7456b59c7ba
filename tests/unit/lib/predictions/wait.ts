import { afterEach, beforeEach, vi } from "vitest";
import { watcher } from "@/lib/predictions/long-poll";
import { predictionRow } from "./row";

export const ID = "0195f2a8-0000-7000-8000-000000000001";
export const USER = "0195f2a8-0000-7000-8000-000000000002";
export const OTHER = "0195f2a8-0000-7000-8000-000000000003";
export const CHANGED = predictionRow({ id: ID, user_id: USER });

const watch = watcher<string>();
let callers = new AbortController();

/** Time stands still in each test, and whoever still waits at its end leaves. */
export function holdTime() {
  beforeEach(() => {
    vi.useFakeTimers();
    callers = new AbortController();
  });
  afterEach(async () => {
    callers.abort();
    await vi.advanceTimersByTimeAsync(0);
    vi.useRealTimers();
  });
}

type Asked = Partial<Parameters<typeof watch>[0]>;

/** The same as the app's, of one person about one prediction for 25 s where nothing else is asked. */
export function ask(asked: Asked & Pick<Parameters<typeof watch>[0], "look" | "isNews">) {
  return watch({ userId: USER, id: ID, seconds: 25, signal: callers.signal, ...asked });
}

/** Waits for anything but "nothing new", counting its looks; `at` is when it ended (ms). */
export function wait(seconds: number, asked: Asked = {}) {
  const state = { answer: "nothing new", looks: 0, at: null as number | null };
  const start = Date.now();
  const look = async () => {
    state.looks += 1;
    return state.answer;
  };
  const done = ask({ look, isNews: (found) => found !== "nothing new", seconds, ...asked }).finally(
    () => (state.at = Date.now() - start),
  );
  return { state, done };
}
