import "server-only";
import { z } from "zod";
import { adminClient } from "@/lib/supabase/admin";
import { unwrap } from "@/lib/supabase/result";

/**
 * Counts one use of `name` over all instances of the app. `limit` uses are free at once and come back evenly over
 * `seconds`. Returns 0 when there was one left, else the seconds until there is. Throws `db_unavailable`.
 */
export async function consumeRateLimit(name: string, limit: number, seconds: number): Promise<number> {
  const result = await adminClient().rpc("consume_rate_limit", { p_name: name, p_limit: limit, p_seconds: seconds });
  return Math.ceil(z.number().parse(unwrap(result)));
}
