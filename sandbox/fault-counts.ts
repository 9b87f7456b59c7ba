import { z } from "zod";

/** Members of a fault: `count` limits it to its first n uses, `rate` to that share of its uses. */
export const times = { count: z.int().positive().optional(), rate: z.number().min(0).max(1).optional() };

/** Counts the uses of each fault. */
export function createFaultCounts() {
  const uses = new Map<string, number>();
  return {
    clear: () => uses.clear(),
    /** Counts a use of the fault with this key, and says whether the fault happens. */
    isDue(key: string, { count, rate }: { count?: number | undefined; rate?: number | undefined }): boolean {
      const used = uses.get(key) ?? 0;
      uses.set(key, used + 1);
      if (rate === undefined) return used < (count ?? Infinity);
      // Multiples of the golden ratio spread evenly over 0..1, so the share is exact and every run is the same.
      return (used * 0.618034) % 1 < rate && used * rate < (count ?? Infinity);
    },
  };
}
