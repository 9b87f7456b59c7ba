import "server-only";
import { AppError } from "@/lib/errors";
import { take } from "./memory-limit";

/** Of one person, in this process: so many at once, and one a second (Replicate takes 50 a second of all of us). */
const AT_ONCE = 30;

/**
 * Counts one question to Replicate about models that this person has us ask: all of us share what Replicate answers in a
 * minute. What is known already is not counted. Throws `rate_limited`.
 */
export function countLookUp(userId: string): void {
  const wait = Math.ceil(take(`${userId} look-ups`, AT_ONCE, AT_ONCE));
  if (wait === 0) return;
  throw new AppError("rate_limited", "Too many different models at once. Wait a moment, then try again.", {
    retryAfter: wait,
  });
}
