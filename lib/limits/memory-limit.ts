import "server-only";

declare global {
  // Next bundles each route apart, but they run in one process and count together.
  var darkroomMemoryLimits: Map<string, number> | undefined;
}

/** When each name has its full limit again (ms), the longest unused first. */
const fullAt = (globalThis.darkroomMemoryLimits ??= new Map<string, number>());
const MAX_NAMES = 10_000;

/**
 * Counts one use of `name` in this process. `limit` uses are free at once and come back evenly over `seconds`.
 * Returns 0 when there was one left, else the seconds until there is, and then nothing is counted.
 */
export function consumeMemoryLimit(name: string, limit: number, seconds: number): number {
  const now = performance.now();
  const span = seconds * 1000;
  const next = Math.max(fullAt.get(name) ?? 0, now) + span / limit;
  // The small addition is for rounding.
  if (next > now + span + 0.001) return (next - now - span) / 1000;
  fullAt.delete(name);
  fullAt.set(name, next);
  const oldest = fullAt.keys().next().value;
  if (fullAt.size > MAX_NAMES && oldest !== undefined) fullAt.delete(oldest);
  return 0;
}
