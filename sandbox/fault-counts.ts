import { z } from "zod";

/** Limits how often a fault occurs: at most `count` times, and only in the share `rate` (0 to 1) of the cases. */
export const times = { count: z.int().positive().optional(), rate: z.number().min(0).max(1).optional() };

/**
 * Decides when each fault occurs. For this, it counts the cases (for example, requests or webhooks) in which a fault could occur.
 */
export function createFaultCounts() {
  const uses = new Map<string, number>();
  return {
    clear: () => uses.clear(),
    /** Counts a case in which the fault with this key could occur, and returns whether the fault occurs in this case. */
    isDue(key: string, { count, rate }: { count?: number | undefined; rate?: number | undefined }): boolean {
      const used = uses.get(key) ?? 0;
      uses.set(key, used + 1);
      if (rate === undefined) return used < (count ?? Infinity);
      // The fractional parts of the multiples of 0.618 (the golden ratio) are spread evenly over 0..1. So the fault occurs in the
      // right share of the cases. No random numbers are needed, and every test run has the fault in the same cases.
      return (used * 0.618034) % 1 < rate && used * rate < (count ?? Infinity);
    },
  };
}
