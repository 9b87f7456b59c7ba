import "server-only";
import { z } from "zod";
import { adminClient } from "@/lib/supabase/admin";
import { unwrap } from "@/lib/supabase/result";

/** They travel in the address, which has an end. */
const IDS_AT_ONCE = 100;

/** Which of these Replicate ids already belong to a row. */
export async function knownReplicateIds(ids: string[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const some = ids.slice(from, from + IDS_AT_ONCE);
    const answer = await adminClient().from("predictions").select("replicate_id").in("replicate_id", some);
    for (const row of z.array(z.object({ replicate_id: z.string() })).parse(unwrap(answer)))
      known.add(row.replicate_id);
  }
  return known;
}
