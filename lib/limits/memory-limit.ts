import "server-only";

declare global {
  // Each route is bundled apart: they count together.
  var darkroomBuckets: Map<string, number> | undefined;
}

/** When each bucket is full again (ms), the longest unused first. */
const fullAt = (globalThis.darkroomBuckets ??= new Map<string, number>());
const MOST_BUCKETS = 10_000;

/**
 * Takes one of the `size` turns of this process's bucket, which come back one by one within `seconds`. 0: taken; else the
 * seconds until there is one.
 */
export function take(bucket: string, size: number, seconds: number): number {
  const now = performance.now();
  const span = seconds * 1000;
  const next = Math.max(fullAt.get(bucket) ?? 0, now) + span / size;
  // More than the span would be more than the bucket holds; the rest is for rounding.
  if (next > now + span + 0.001) return (next - now - span) / 1000;
  fullAt.delete(bucket);
  fullAt.set(bucket, next);
  const oldest = fullAt.keys().next().value;
  if (fullAt.size > MOST_BUCKETS && oldest !== undefined) fullAt.delete(oldest);
  return 0;
}
