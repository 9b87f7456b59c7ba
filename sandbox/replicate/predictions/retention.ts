import type { Clock } from "../state/clock.ts";
import type { State } from "../state/saved-state.ts";
import type { Prediction } from "./prediction.ts";

const HOUR = 3_600_000;

function isPast(moment: string | undefined, ms: number, clock: Clock): boolean {
  return moment !== undefined && clock.now() >= clock.after(Date.parse(moment), ms);
}

/** Deletes input, output, logs and files of a prediction an hour (sandbox time) after its end. All other fields stay. */
export function removeExpired(prediction: Prediction, state: State, clock: Clock) {
  if (prediction.data_removed || !isPast(prediction.completed_at, HOUR, clock)) return;
  Object.assign(prediction, { input: {}, output: null, logs: "", data_removed: true });
  state.predictions.save(prediction);
  for (const id of prediction.files) {
    state.outputs.remove(id);
    void state.blobs.remove(id);
  }
}

/** Deletes uploaded files that are older than a day (sandbox time). */
export function removeExpiredFiles(state: State, clock: Clock) {
  for (const file of state.files.list().filter((item) => isPast(item.created_at, 24 * HOUR, clock))) {
    state.files.remove(file.id);
    void state.blobs.remove(file.id);
  }
}
