import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { clientAddress } from "./client-address";
import { consumeRateLimit } from "./rate-limit";

/**
 * Counts one try to get in (sign in, sign up, ask for a link) for the address it comes from, over all instances.
 * Throws `rate_limited`, and `db_unavailable` when it cannot be counted.
 */
export async function countLogin(headers: Headers): Promise<void> {
  const wait = await consumeRateLimit(`login ${clientAddress(headers)}`, env().LOGINS_PER_MINUTE_PER_ADDRESS, 60);
  if (wait === 0) return;
  throw new AppError("rate_limited", "Too many tries from here. Wait a minute, then try again.", { retryAfter: wait });
}
