import "server-only";
import { z } from "zod";
import { redactedNames } from "@/lib/models/inputs/secrets";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import type { PredictionRow } from "./rows";

// With these functions, `recoverPrediction` finds out which prediction at Replicate belongs to which row. They read the rows
// of all users.

const KnownIds = z.array(z.object({ replicate_id: z.string() }));
const Inputs = z.array(z.object({ input: z.record(z.string(), z.unknown()) }));

/** `ids` are ids of predictions at Replicate. Returns only the ids that one of our rows already contains. */
export async function listKnownReplicateIds(ids: string[]): Promise<Set<string>> {
  const known = new Set<string>();
  // The ids are sent in batches, because the length of a URL is limited.
  for (let from = 0; from < ids.length; from += 100) {
    const rows = adminClient().from("predictions").select("replicate_id");
    const result = unwrap(await rows.in("replicate_id", ids.slice(from, from + 100)));
    for (const { replicate_id } of KnownIds.parse(result)) known.add(replicate_id);
  }
  return known;
}

/**
 * Returns the inputs of other rows with the same model, if their predictions at Replicate are not known yet. Only rows that were
 * sent at most `distance` (ms) before or after `sentAt` (ms) count. The rows of the same user count only if the input has
 * secrets.
 */
export async function listUnidentifiedInputs(
  { id, user_id, model, input }: PredictionRow,
  sentAt: number,
  distance: number,
) {
  const [from, to] = [sentAt - distance, sentAt + distance].map((time) => new Date(time).toISOString());
  const rows = adminClient().from("predictions").select("input").eq("model", model);
  const others = redactedNames(input).length > 0 ? rows.neq("id", id) : rows.neq("user_id", user_id);
  const unidentified = others.is("replicate_id", null).or("provisional.is.true,status.in.(queued,starting,processing)");
  const result = unwrap(await unidentified.gte("sent_at", from).lte("sent_at", to));
  return Inputs.parse(result).map(({ input }) => input);
}
