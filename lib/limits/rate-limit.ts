import "server-only";
import { z } from "zod";
import { unwrap, adminClient } from "@/lib/supabase/admin";

/**
 * Takes one of `limit` turns that all instances share and that come back one by one within `seconds`. 0: taken; else the
 * seconds until there is one. Throws `db_unavailable` when it cannot be counted.
 */
export async function consumeRateLimit(name: string, limit: number, seconds: number): Promise<number> {
  const answer = await adminClient().rpc("consume_rate_limit", { p_name: name, p_limit: limit, p_seconds: seconds });
  return Math.ceil(z.number().parse(unwrap(answer)));
}
