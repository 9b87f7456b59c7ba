import { afterEach, beforeEach, vi } from "vitest";
import { LongPoll } from "@/lib/predictions/live-updates/long-poll";
import { USER as SIGNED_IN } from "../../sessions";
import { predictionRow } from "../row";

export const ID = "0195f2a8-0000-7000-8000-000000000001";
export const USER = "0195f2a8-0000-7000-8000-000000000002";
export const OTHER = "0195f2a8-0000-7000-8000-000000000003";
export const CHANGED = predictionRow({ id: ID, user_id: USER });

const polls = new LongPoll<string>();
let callers = new AbortController();

/** Uses fake timers in each test, and ends all long polls after each test. */
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

export const userOf = (id: string) => Promise.resolve({ ...SIGNED_IN, id });

type Asked = Partial<Parameters<typeof polls.wait>[0]>;

/** Starts a long poll. By default, the user `USER` waits up to 25 s for a change of the prediction with the id `ID`. */
export function ask(asked: Asked & Pick<Parameters<typeof polls.wait>[0], "read" | "isNews">) {
  return polls.wait({ user: userOf(USER), id: ID, seconds: 25, signal: callers.signal, ...asked });
}

/**
 * Starts a long poll that ends when a read returns anything but "nothing new". Each read returns `state.answer`. `state.reads` is
 * the number of reads, and `state.at` is how long the poll took (ms).
 */
export function wait(seconds: number, asked: Asked = {}) {
  const state = { answer: "nothing new", reads: 0, at: null as number | null };
  const start = Date.now();
  const read = async () => {
    state.reads += 1;
    return state.answer;
  };
  const done = ask({ read, isNews: (found) => found !== "nothing new", seconds, ...asked }).finally(
    () => (state.at = Date.now() - start),
  );
  return { state, done };
}
