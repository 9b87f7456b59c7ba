import "server-only";
import { EventEmitter } from "node:events";
import type { PredictionRow } from "./rows";

declare global {
  // Route handlers and instrumentation are bundled apart but run in one process: they meet here.
  var darkroomChanges: EventEmitter | undefined;
}

const changes = (globalThis.darkroomChanges ??= new EventEmitter().setMaxListeners(0));

/** Wakes whoever, in this process, waits for this prediction or for anything of its user, and shows them the changed row. */
export function publishChange(row: PredictionRow) {
  changes.emit(row.id, row);
  changes.emit(row.user_id, row);
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
