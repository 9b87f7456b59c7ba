import "server-only";
import { EventEmitter } from "node:events";
import { closing } from "@/lib/closing";
import type { PredictionRow } from "./rows";

declare global {
  // Route handlers and instrumentation are bundled apart but run in one process: they meet here.
  var darkroomChanges: EventEmitter | undefined;
}

const changes = (globalThis.darkroomChanges ??= new EventEmitter().setMaxListeners(0));

/** Wakes whoever, in this process, waits for this prediction or for anything of its user, and shows them the changed row. */
export function announceChange(row: PredictionRow) {
  changes.emit(row.id, row);
  changes.emit(row.user_id, row);
}

/**
 * Runs `look` until it gives an answer, at most `timeout` ms: at once, after each change that is announced for `id`
 * (a prediction or a user), and every second, since another instance may have made the change. `look` is given the row
 * whose change was announced, if that is why it runs. Null: time is up.
 */
export async function waitFor<Answer>(
  id: string,
  look: (changed: PredictionRow | null) => Promise<Answer | null>,
  timeout: number,
  signal: AbortSignal,
): Promise<Answer | null> {
  const end = Date.now() + timeout;
  const ended = AbortSignal.any([signal, closing]);
  let changed: PredictionRow | null = null;
  for (;;) {
    const woken = nextChange(id, Math.min(1000, end - Date.now()), ended);
    const answer = await look(changed);
    if (answer !== null || ended.aborted || Date.now() >= end) {
      woken.stop();
      return answer;
    }
    changed = await woken.done;
  }
}

/** Listens from the moment of the call, so that a change during a look is not missed. `timeout` in ms; null: no change. */
export function nextChange(id: string, timeout: number, signal?: AbortSignal) {
  const { promise: done, resolve } = Promise.withResolvers<PredictionRow | null>();
  const abort = () => resolve(null);
  const timer = setTimeout(abort, Math.max(0, timeout));
  changes.once(id, resolve);
  signal?.addEventListener("abort", abort);
  const stop = () => {
    clearTimeout(timer);
    changes.off(id, resolve);
    signal?.removeEventListener("abort", abort);
    resolve(null);
  };
  void done.then(stop);
  return { done, stop };
}
