import "server-only";
import { registerPoll } from "@/lib/limits/count-requests";
import { shutdownSignal } from "@/lib/process-globals";
import { nextChange } from "./events";
import type { PredictionRow } from "./rows";

type Question<Found> = {
  userId: string;
  /** What to wait for: the id of a prediction, or of the user for all their predictions. */
  id: string;
  /** Reads it with that user's rights. A row that was just changed here and the last result may replace a query. */
  read: (changed: PredictionRow | null, before: Found | null) => Promise<Found>;
  /** Whether the result is what the request waits for. */
  isNews: (found: Found) => boolean;
  seconds: number;
  /** Aborts when the client has gone. */
  signal: AbortSignal;
};

type Outcome<Found> = { found: Found | null } | { error: unknown };
type Waiter<Found> = Pick<Question<Found>, "read" | "isNews"> & { end: (outcome: Outcome<Found>) => void };
type Topic<Found> = { id: string; waiters: Set<Waiter<Found>>; latest: Found | null; empty: AbortController };

/** Time between two reads while no change is published (ms): another server may have made one. */
const READ_EVERY = 1000;

/**
 * The long polls of one kind of question. All requests of one user that wait for the same id form a topic. Each request
 * reads once for itself; then every further read is shared by the whole topic.
 */
export class LongPoll<Found> {
  readonly #topics = new Map<string, Topic<Found>>();

  /** The news, as soon as there is any; null when time is up, the client has gone, or the server shuts down. */
  async wait({ userId, id, read, isNews, seconds, signal }: Question<Found>): Promise<Found | null> {
    const ended = AbortSignal.any([signal, shutdownSignal]);
    if (seconds === 0 || ended.aborted) {
      const found = await read(null, null);
      return isNews(found) ? found : null;
    }

    const { promise: outcome, resolve } = Promise.withResolvers<Outcome<Found>>();
    const endEmpty = () => resolve({ found: null });
    const waiter = { read, isNews, end: resolve };
    // Joins before its own first read: a change during that read must not be missed.
    const [topic, leave] = this.#join(userId, id, waiter);
    const release = registerPoll(userId, endEmpty);
    const timer = setTimeout(endEmpty, seconds * 1000);
    ended.addEventListener("abort", endEmpty);
    try {
      const before = topic.latest;
      const found = await read(null, null);
      // A shared read that ended during this one is at least as new.
      if (topic.latest === before) topic.latest = found;
      if (isNews(found)) return found;
      const told = await outcome;
      if ("error" in told) throw told.error;
      return told.found;
    } finally {
      clearTimeout(timer);
      ended.removeEventListener("abort", endEmpty);
      release();
      leave();
    }
  }

  #join(userId: string, id: string, waiter: Waiter<Found>): [Topic<Found>, leave: () => void] {
    // Never shared between users: each reads with their own rights.
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

/** Reads for the topic after each change, and at least every second. */
async function readUntilEmpty<Found>(topic: Topic<Found>): Promise<void> {
  const listen = () => nextChange(topic.id, READ_EVERY, topic.empty.signal);
  let next = listen();
  for (;;) {
    const changed = await next;
    if (topic.waiters.size === 0) return;
    // Listens again before the read: a change during the read must not be missed.
    next = listen();
    // All steps are done and the end follows at once. An answer now would keep the browser busy asking again when it comes.
    if (changed?.status === "processing" && changed.progress === 1) continue;
    await readForAll(topic, changed);
  }
}

/**
 * One read for all waiters, with the rights of the newest. Where it fails, which may be due to an expired sign-in, that waiter
 * gets the error and the next one reads. Waiters that join during the read are not told: they may know something newer.
 */
async function readForAll<Found>(topic: Topic<Found>, changed: PredictionRow | null): Promise<void> {
  const waiters = [...topic.waiters];
  for (const { read, end } of waiters.toReversed()) {
    try {
      const found = await read(changed, topic.latest);
      topic.latest = found;
      for (const waiter of waiters) if (waiter.isNews(found)) waiter.end({ found });
      return;
    } catch (error) {
      end({ error });
    }
  }
}
