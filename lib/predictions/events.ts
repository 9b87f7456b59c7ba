import "server-only";
import { EventEmitter } from "node:events";
import type { PredictionRow } from "./rows";

declare global {
  // Routes and instrumentation are separate bundles in one process; they share these events.
  var darkroomEvents: EventEmitter | undefined;
}

const events = (globalThis.darkroomEvents ??= new EventEmitter().setMaxListeners(0));

/** Tells everything in this process that waits for this prediction, or for any prediction of its user. */
export function publishChange(row: PredictionRow) {
  events.emit(row.id, row);
  events.emit(row.user_id, row);
}

/**
 * The next changed row of a prediction or of a user (`id` is either's); null after `timeout` (ms) or when `signal` aborts.
 * Listens from the moment of the call.
 */
export function nextChange(id: string, timeout: number, signal: AbortSignal): Promise<PredictionRow | null> {
  return new Promise((resolve) => {
    const end = (row: PredictionRow | null) => {
      clearTimeout(timer);
      events.off(id, end);
      signal.removeEventListener("abort", endEmpty);
      resolve(row);
    };
    const endEmpty = () => end(null);
    const timer = setTimeout(endEmpty, timeout);
    events.once(id, end);
    signal.addEventListener("abort", endEmpty);
  });
}
