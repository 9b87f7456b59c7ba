import { z } from "zod";

/** How often a fault occurs. `count`: the largest number of times. `rate`: the share of the cases, 0 to 1. */
export const times = { count: z.int().positive().optional(), rate: z.number().min(0).max(1).optional() };

/** Counts how often each fault could have occurred, and decides when it occurs. */
export function createFaultCounts() {
  const uses = new Map<string, number>();
  return {
    clear: () => uses.clear(),
    /** Counts a case for the fault with this key. Returns whether the fault occurs. */
    isDue(key: string, { count, rate }: { count?: number | undefined; rate?: number | undefined }): boolean {
      const used = uses.get(key) ?? 0;
      uses.set(key, used + 1);
      if (rate === undefined) return used < (count ?? Infinity);
      // The fractional parts of the multiples of 0.618 (the golden ratio) are spread evenly over 0..1. So the fault occurs in the
      // right share of the cases, without random numbers, and in the same cases in every test run.
      return (used * 0.618034) % 1 < rate && used * rate < (count ?? Infinity);
    },
  };
}
