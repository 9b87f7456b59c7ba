import type { Clock } from "../state/clock.ts";

const COLD = 1_000;
const WARM = 100;

export type ColdStarts = ReturnType<typeof createColdStarts>;

/** Which models are warm in this process. */
export function createColdStarts(clock: Clock) {
  const ready = new Map<string, number>();
  return {
    /** Milliseconds of sandbox time until a worker of the model takes the next prediction. */
    bootTime(model: string): number {
      const now = clock.now();
      const readyAt = ready.get(model) ?? clock.after(now, COLD);
      ready.set(model, readyAt);
      return Math.max(WARM, (readyAt - now) * clock.factor);
    },
  };
}
