import "server-only";
import { shutdownSignal } from "@/lib/shutdown";
import { registerPoll } from "@/lib/limits/open-polls";
import { nextChange } from "./events";
import type { PredictionRow } from "./rows";

/** Reads what is asked about, as the caller; or makes it of what was found `before` and of the row that has `changed` since. */
type Look<Found> = (changed: PredictionRow | null, before: Found | null) => Promise<Found>;

type Waiter<Found> = { look: Look<Found>; tell: (found: Found) => void; fail: (error: unknown) => void };
type Subject<Found> = { id: string; waiters: Set<Waiter<Found>>; found: Found | null; over: AbortController };

type Question<Found> = {
  /** Whose request it is: what one person's finds is told to no other's. */
  userId: string;
  /** Whose changes wake it: a prediction, or the user for all of theirs. */
  id: string;
  look: Look<Found>;
  isNews: (found: Found) => boolean;
  seconds: number;
  signal: AbortSignal;
};

/** Between two looks without a change that was announced (ms): another instance may have made one. */
const EVERY = 1000;

/**
 * A long poll of one kind of question: looks until there is news, at most so many seconds. Null: time is up, or the caller
 * has gone, this process ends, or the person holds too many open. Each request looks once for itself; those of one person that
 * wait for the same thing then share every further look, which is the newest one's.
 */
export function watcher<Found>() {
  const subjects = new Map<string, Subject<Found>>();

  function join(key: string, id: string): Subject<Found> {
    const known = subjects.get(key);
    if (known) return known;
    const subject: Subject<Found> = { id, waiters: new Set(), found: null, over: new AbortController() };
    subjects.set(key, subject);
    void keepLooking(subject);
    return subject;
  }

  return async function watch(question: Question<Found>): Promise<Found | null> {
    const { userId, id, look, isNews, seconds, signal } = question;
    const ended = AbortSignal.any([signal, shutdownSignal]);
    if (seconds === 0 || ended.aborted) {
      const found = await look(null, null);
      return isNews(found) ? found : null;
    }

    const { promise: told, resolve, reject } = Promise.withResolvers<Found | null>();
    // What is told while this one looks itself is not waited for yet.
    told.catch(() => {});
    const end = () => resolve(null);
    const waiter: Waiter<Found> = { look, tell: (found) => void (isNews(found) && resolve(found)), fail: reject };
    const key = `${userId} ${id}`;
    // Before the first look, so that a change during it is not missed.
    const subject = join(key, id);
    subject.waiters.add(waiter);
    const release = registerPoll(userId, end);
    const timer = setTimeout(end, seconds * 1000);
    ended.addEventListener("abort", end);
    const before = subject.found;
    try {
      const found = await look(null, null);
      // It may know of what another instance did, unless they have looked together since.
      if (subject.found === before) subject.found = found;
      return isNews(found) ? found : await told;
    } finally {
      clearTimeout(timer);
      ended.removeEventListener("abort", end);
      release();
      subject.waiters.delete(waiter);
      if (subject.waiters.size === 0) {
        subjects.delete(key);
        subject.over.abort();
      }
    }
  };
}

/** Looks for all who wait, until nobody does. */
async function keepLooking<Found>(subject: Subject<Found>): Promise<void> {
  const listen = () => nextChange(subject.id, EVERY, subject.over.signal);
  let woken = listen();
  for (;;) {
    const changed = await woken.done;
    if (subject.waiters.size === 0) return;
    woken = listen();
    // All steps are done, so the end is a moment away: an answer now would have the page busy asking again just then.
    if (changed?.status === "processing" && changed.progress === 1) continue;
    await lookTogether(subject, changed);
  }
}

/**
 * Looks as the newest who waits; where that fails, which may be their sign-in alone, as the next. Who comes during a look is
 * not told of it: it may be older than what they know.
 */
async function lookTogether<Found>(subject: Subject<Found>, changed: PredictionRow | null): Promise<void> {
  const present = [...subject.waiters];
  for (const { look, fail } of present.toReversed()) {
    try {
      const found = await look(changed, subject.found);
      subject.found = found;
      for (const { tell } of present) tell(found);
      return;
    } catch (error) {
      fail(error);
    }
  }
}
