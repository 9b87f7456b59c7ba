import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

declare global {
  // Each route is bundled apart: they count together.
  var darkroomReads: Map<string, number> | undefined;
}

/** When each bucket is full again (ms), the longest unused first. */
const fullAt = (globalThis.darkroomReads ??= new Map<string, number>());
const MOST_BUCKETS = 10_000;
/** One person may watch many predictions, each as closely as may be, but not all of them. */
const AT_ONCE = 5;

/**
 * Counts one request of this person about `what` (a prediction, a list) to this instance. A bucket holds the requests of
 * a second and fills at the same pace, so ten tabs that poll four times a second pass, and a loop without a
 * pause does not. Throws `rate_limited`.
 */
export function countRead(userId: string, what: string): void {
  const isAdmitted = take(userId, env.readsPerSecond * AT_ONCE) && take(`${userId} ${what}`, env.readsPerSecond);
  if (isAdmitted) return;
  throw new AppError("rate_limited", "Too many requests at once. Ask less often, or with Prefer: wait=25.", {
    retryAfter: 1,
  });
}

function take(bucket: string, perSecond: number): boolean {
  const now = performance.now();
  const next = Math.max(fullAt.get(bucket) ?? 0, now) + 1000 / perSecond;
  // More than a second would be more than the bucket holds; the rest is for rounding.
  if (next > now + 1000.001) return false;
  fullAt.delete(bucket);
  fullAt.set(bucket, next);
  const oldest = fullAt.keys().next().value;
  if (fullAt.size > MOST_BUCKETS && oldest !== undefined) fullAt.delete(oldest);
  return true;
}
