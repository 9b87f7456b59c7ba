import { z } from "zod";

/** How often a fault occurs. `count`: the largest number of times. `rate`: the share of the cases, 0 to 1. */
export const times = { count: z.int().positive().optional(), rate: z.number().min(0).max(1).optional() };

/** Counts the cases in which each fault could occur. */
export function createFaultCounts() {
  const uses = new Map<string, number>();
  return {
    clear: () => uses.clear(),
    /** Counts a case for the fault with this key. Returns whether the fault occurs. */
    isDue(key: string, { count, rate }: { count?: number | undefined; rate?: number | undefined }): boolean {
      const used = uses.get(key) ?? 0;
      uses.set(key, used + 1);
      if (rate === undefined) return used < (count ?? Infinity);
      // The fractional parts of these multiples are spread evenly over 0..1 (golden ratio). So the share is right without random
      // numbers, and every test run is the same.
      return (used * 0.618034) % 1 < rate && used * rate < (count ?? Infinity);
    },
  };
}
