import type { EventEmitter } from "node:events";
import type { Clock } from "../state/clock.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import type { Prediction } from "./prediction.ts";
import type { Plan } from "./runners/plan.ts";

type Dependencies = {
  clock: Clock;
  webhooks: Webhooks;
  changes: EventEmitter;
  /** True if the prediction has ended or the sandbox is closing. */
  isOver: (prediction: Prediction) => boolean;
};

/**
 * Which events of a run are played, and when. Events later than `until` (ms after the start of the run) are not played. When
 * `skipWaits` aborts, the remaining events are played without waiting for their times.
 */
type Span = { until: number; skipWaits: AbortSignal };

/** Plays the events of a planned run: changes the prediction at the time of each event, and notifies streams and webhooks. */
export function createPlayer({ clock, webhooks, changes, isOver }: Dependencies) {
  const startOf = ({ started_at, created_at }: Prediction) => Date.parse(started_at ?? created_at);

  return {
    /** Adds the log lines and the pieces of a streamed text to the prediction. */
    async playEvents(prediction: Prediction, { events }: Plan, { until, skipWaits }: Span) {
      const pieces: string[] = [];
      prediction.logs = "";
      for (const { at, log, piece } of [...events.filter((event) => event.at <= until), { at: until }]) {
        await clock.until(startOf(prediction), at, skipWaits);
        if (isOver(prediction)) return;
        if (log !== undefined) prediction.logs += `${log}\n`;
        if (piece !== undefined) prediction.output = [...pieces, piece];
        if (piece !== undefined) pieces.push(piece);
        changes.emit(prediction.id);
        if (log !== undefined) webhooks.notify(prediction, "logs");
        if (piece !== undefined) webhooks.notify(prediction, "output");
      }
    },

    /** Adds the files to the output one after the other, at equal intervals during the run. */
    async playFiles(prediction: Prediction, { duration }: Plan, paths: string[], { until, skipWaits }: Span) {
      for (const index of paths.keys()) {
        const at = (duration * (index + 1)) / (paths.length + 1);
        if (at > until) return;
        await clock.until(startOf(prediction), at, skipWaits);
        if (isOver(prediction)) return;
        prediction.output = paths.slice(0, index + 1);
        changes.emit(prediction.id);
        webhooks.notify(prediction, "output");
      }
    },
  };
}
