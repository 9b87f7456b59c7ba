import "server-only";
import { isPending, readAs, type User } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { registerPoll } from "@/lib/limits/request-limits";
import { shutdownSignal } from "@/lib/process-globals";
import type { PredictionRow } from "@/lib/predictions/rows";
import { nextChange } from "./publish-change";

type Question<Found> = {
  /**
   * The user who sent the request. The promise is pending while the user is being verified, and the first read runs during
   * this time.
   */
  user: Promise<User>;
  /** The id of a prediction. Without an id, the request waits for changes of any prediction of the user. */
  id?: string;
  /**
   * Reads the value with the rights of this user. Instead of a query, it may use a row that has just changed (`changed`) and the
   * previous value (`before`).
   */
  read: (changed: PredictionRow | null, before: Found | null) => Promise<Found>;
  /**
   * Whether to respond with this value. If only the progress is new, this should be true only at a tick, which comes once a
   * second. Otherwise the client would send too many requests.
   */
  isNews: (found: Found, isTick: boolean) => boolean;
  seconds: number;
  /** Aborts when the client disconnects. */
  signal: AbortSignal;
};

type Outcome<Found> = { found: Found | null } | { error: unknown };
type Waiter<Found> = Pick<Question<Found>, "read" | "isNews"> & { end: (outcome: Outcome<Found>) => void };
type Topic<Found> = { id: string; waiters: Set<Waiter<Found>>; latest: Found | null; empty: AbortController };

/**
 * The time between two ticks (ms). At a tick, the value is read even if no change was published: another server may have changed
 * it.
 */
const TICK = 1000;

/**
 * Long polls for one type of value, such as single predictions. The requests of one user for the same id form a topic. Each
 * request reads once for itself. After that, one read serves all requests of the topic.
 */
export class LongPoll<Found> {
  readonly #topics = new Map<string, Topic<Found>>();

  /**
   * Returns the first value for which `isNews` is true. Returns null at shutdown, when the client disconnects, or after
   * `seconds`.
   */
  async wait(question: Question<Found>): Promise<Found | null> {
    const { user, read, isNews, seconds } = question;
    if (await isPending(user)) {
      const [, found] = await readAs(user, () => read(null, null));
      if (isNews(found, seconds === 0)) return found;
      if (seconds === 0) return null;
    }
    return this.#waitAs((await user).id, question);
  }

  async #waitAs(
    userId: string,
    { id = userId, read, isNews, seconds, signal }: Question<Found>,
  ): Promise<Found | null> {
    const ended = AbortSignal.any([signal, shutdownSignal]);
    if (seconds === 0 || ended.aborted) {
      const found = await read(null, null);
      return isNews(found, true) ? found : null;
    }

    const { promise: outcome, resolve } = Promise.withResolvers<Outcome<Found>>();
    const endEmpty = () => resolve({ found: null });
    const waiter = { read, isNews, end: resolve };
    // The request joins its topic before the first read, so that a change during the read is not missed.
    const [topic, leave] = this.#join(userId, id, waiter);
    const release = registerPoll(userId, endEmpty);
    const timer = setTimeout(endEmpty, seconds * 1000);
    ended.addEventListener("abort", endEmpty);
    try {
      const before = topic.latest;
      const found = await read(null, null);
      // A shared read may have ended while this read was running. In this case, the value of the shared read is kept, because
      // it is at least as new.
      if (topic.latest === before) topic.latest = found;
      if (isNews(found, false)) return found;
      const end = await outcome;
      if ("error" in end) throw end.error;
      return end.found;
    } finally {
      clearTimeout(timer);
      ended.removeEventListener("abort", endEmpty);
      release();
      leave();
    }
  }

  #join(userId: string, id: string, waiter: Waiter<Found>): [Topic<Found>, leave: () => void] {
    // The key contains the id of the user, so two users never share a topic, and each user's reads use only the rights of this
    // user.
    const key = `${userId} ${id}`;
    const known = this.#topics.get(key);
    const topic = known ?? { id, waiters: new Set(), latest: null, empty: new AbortController() };
    topic.waiters.add(waiter);
    if (!known) {
      this.#topics.set(key, topic);
      void readUntilEmpty(topic);
    }
    const leave = () => {
      topic.waiters.delete(waiter);
      if (topic.waiters.size > 0) return;
      this.#topics.delete(key);
      topic.empty.abort();
    };
    return [topic, leave];
  }
}

/**
 * Handles an error while a request waits for the end of the prediction that it has created. If the database is unavailable,
 * returns null, which ends the wait without an error response. After an error response, some clients would send the request
 * again, and pay for a second prediction. Throws any other error.
 */
export function stopIfDatabaseFails(error: unknown): null {
  if (error instanceof AppError && error.code === "db_unavailable") return null;
  throw error;
}

/** Reads the value after each change, and every second, until the topic has no waiters. */
async function readUntilEmpty<Found>(topic: Topic<Found>): Promise<void> {
  let tickAt = performance.now() + TICK;
  const listen = () => nextChange(topic.id, tickAt - performance.now(), topic.empty.signal);
  let next = listen();
  for (;;) {
    const changed = await next;
    if (topic.waiters.size === 0) return;
    if (!changed) tickAt = performance.now() + TICK;
    // Starts to listen for the next change before the read begins, so that a change during the read is not missed.
    next = listen();
    // With a progress of 1, the prediction is about to end. A response now would make the client send another request just when
    // the prediction ends.
    if (changed?.status === "processing" && changed.progress === 1) continue;
    await readForAll(topic, changed);
  }
}

/**
 * Reads once for all waiters, with the rights of the newest waiter. If the read fails, perhaps because the session of the newest
 * waiter has expired, only the newest waiter gets the error, and the read is repeated with the rights of the next waiter. A
 * waiter that joins during the read does not get the value, because this waiter may already have a newer value.
 */
async function readForAll<Found>(topic: Topic<Found>, changed: PredictionRow | null): Promise<void> {
  const waiters = [...topic.waiters];
  for (const { read, end } of waiters.toReversed()) {
    try {
      const found = await read(changed, topic.latest);
      topic.latest = found;
      for (const waiter of waiters) if (waiter.isNews(found, changed === null)) waiter.end({ found });
      return;
    } catch (error) {
      end({ error });
    }
  }
}
