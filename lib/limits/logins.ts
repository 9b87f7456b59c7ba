import "server-only";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { dataOf, serviceClient } from "@/lib/supabase/service";
import { clientAddress } from "./address";

/**
 * Counts one try to get in (sign in, sign up, ask for a link) for the address it comes from, over all instances.
 * Throws `rate_limited`, and `db_unavailable` when it cannot be counted.
 */
export async function countLogin(headers: Headers): Promise<void> {
  const answer = await serviceClient().rpc("take_turn", {
    p_name: `login ${clientAddress(headers)}`,
    p_limit: env.loginsPerMinute,
    p_seconds: 60,
  });
  const wait = Math.ceil(z.number().parse(dataOf(answer)));
  if (wait === 0) return;
  throw new AppError("rate_limited", "Too many tries from here. Wait a minute, then try again.", { retryAfter: wait });
}
