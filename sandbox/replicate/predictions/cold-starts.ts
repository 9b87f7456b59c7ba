import type { Clock } from "../state/clock.ts";

const COLD = 1_000;
const WARM = 100;

export type ColdStarts = ReturnType<typeof createColdStarts>;

/** The first run of a model waits until the model has started (a cold start). Later runs wait only a moment. */
export function createColdStarts(clock: Clock) {
  const ready = new Map<string, number>();
  return {
    /** Returns how long a run must wait until a worker of the model is ready (ms of sandbox time). */
    bootTime(model: string): number {
      const now = clock.now();
      const readyAt = ready.get(model) ?? clock.after(now, COLD);
      ready.set(model, readyAt);
      return Math.max(WARM, (readyAt - now) * clock.factor);
    },
  };
}
