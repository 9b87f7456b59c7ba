import "server-only";
import { z } from "zod";
import { dataOf, serviceClient } from "@/lib/supabase/service";

/**
 * Takes one of `limit` turns that all instances share and that come back one by one within `seconds`. 0: taken; else the
 * seconds until there is one. Throws `db_unavailable` when it cannot be counted.
 */
export async function takeTurn(name: string, limit: number, seconds: number): Promise<number> {
  const answer = await serviceClient().rpc("take_turn", { p_name: name, p_limit: limit, p_seconds: seconds });
  return Math.ceil(z.number().parse(dataOf(answer)));
}
