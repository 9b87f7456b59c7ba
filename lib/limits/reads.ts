import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { take } from "./memory-limit";

/** One person may watch many predictions, each as closely as may be, but not all of them. */
const AT_ONCE = 5;

/**
 * Counts one request of this person about `what` (a prediction, a list) to this instance. A bucket holds the requests of
 * a second and fills at the same pace, so ten tabs that poll four times a second pass, and a loop without a
 * pause does not. Throws `rate_limited`.
 */
export function countRead(userId: string, what: string): void {
  if (!isHasty(userId, what)) return;
  throw new AppError("rate_limited", "Too many requests at once. Ask less often, or with Prefer: wait=25.", {
    retryAfter: 1,
  });
}

/** The same for a page's action, where whatever is thrown is a 500: counts the request, and says whether it is one too many. */
export function isHasty(userId: string, what: string): boolean {
  const limit = env().READS_PER_SECOND_PER_USER;
  const wait = take(userId, limit * AT_ONCE, 1) || take(`${userId} ${what}`, limit, 1);
  return wait > 0;
}
