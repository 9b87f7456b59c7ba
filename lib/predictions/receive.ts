import "server-only";
import { z } from "zod";
import { ReplicatePrediction } from "@/lib/replicate/schema";
import { nextLook } from "./pace";
import { apply, findRow, type PredictionRow } from "./rows";
import { updateOf } from "./update";

/**
 * Applies a webhook whose signature was verified. `id` is our own, from the address we gave. Null: it is about nothing of
 * ours, or makes no sense; sending it again would not help.
 */
export async function receiveWebhook(id: string | null, body: string): Promise<PredictionRow | null> {
  const remote = ReplicatePrediction.safeParse(jsonIn(body)).data;
  const row = z.uuid().safeParse(id).success && id && remote ? await findRow(id) : null;
  if (!row || !remote || (row.replicate_id && row.replicate_id !== remote.id)) return null;
  const elapsed = (Date.now() - Date.parse(row.created_at)) / 1000;
  return apply({ id: row.id, lease_token: null }, updateOf(remote), await nextLook(row.model, elapsed));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
