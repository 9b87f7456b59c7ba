import "server-only";
import { setTimeout as sleep } from "node:timers/promises";

/** After this time without an event, a comment is sent (ms). */
const IDLE = 30_000;
/**
 * Replicate sends this comment and then closes the stream. We keep it open: the official client takes a closed stream for a
 * complete one.
 */
const COMMENT = ":408: 408 Request Timeout\n\n";

/** Yields server-sent events, and a comment whenever there is none for 30 seconds, so that no proxy takes the stream for dead. */
export async function* withComments(events: AsyncGenerator<string, void, undefined>) {
  try {
    for (let next = events.next(); ;) {
      const timer = new AbortController();
      const idle = sleep(IDLE, null, { signal: timer.signal }).catch(() => null);
      const result = await Promise.race([next, idle]).finally(() => timer.abort());
      if (result?.done) return;
      yield result ? result.value : COMMENT;
      if (result) next = events.next();
    }
  } finally {
    await events.return();
  }
}
