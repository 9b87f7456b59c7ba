import "server-only";
import { processState } from "@/lib/process-globals";
import type { PredictionRow } from "@/lib/predictions/rows";

const { events } = processState;

/**
 * Notifies all listeners in this process: those that wait for this prediction, and those that wait for any prediction of its
 * user. If the prediction has a webhook, also emits the event `webhook`, so that the change is sent.
 */
export function publishChange(row: PredictionRow) {
  events.emit(row.id, row);
  events.emit(row.user_id, row);
  if (row.webhook) events.emit("webhook");
}

/**
 * Waits for the next change, and returns the changed row. `id` is the id of a prediction, or the id of a user to wait for a
 * change of any prediction of this user. Returns null after `timeout` (ms), or when `signal` aborts.
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
