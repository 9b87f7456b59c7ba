import "server-only";
import { setTimeout as sleep } from "node:timers/promises";

/** When there was no event for this time (ms), a comment is sent. */
const IDLE = 30_000;
/**
 * The comment that Replicate sends before it closes an idle stream. We send this comment too, but do not close the stream,
 * because Replicate's official client would treat a closed stream as complete.
 */
const COMMENT = ":408: 408 Request Timeout\n\n";

/** Yields server-sent events. Whenever there is no event for 30 seconds, yields a comment, so that no proxy closes the stream. */
export async function* withKeepAliveComments(events: AsyncGenerator<string, void, undefined>) {
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
