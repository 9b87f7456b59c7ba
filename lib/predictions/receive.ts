import "server-only";
import { z } from "zod";
import { ReplicatePrediction } from "@/lib/replicate/schema";
import { nextLook } from "./pace";
import { isFinished } from "./progress";
import { apply, type PredictionRow } from "./rows";
import { updateOf } from "./update";

/**
 * Applies a webhook whose signature was verified. `id` is our own, from the address we gave. Null: it is about nothing of
 * ours, or makes no sense; sending it again would not help.
 */
export async function receiveWebhook(id: string | null, body: string): Promise<PredictionRow | null> {
  const own = z.uuid().safeParse(id).data;
  const remote = ReplicatePrediction.safeParse(jsonIn(body)).data;
  if (!own || !remote) return null;
  const elapsed = (Date.now() - Date.parse(remote.created_at)) / 1000;
  const nextIn = isFinished(remote.status) ? 0 : await nextLook(remote.model ?? "", elapsed);
  const row = await apply({ id: own, lease_token: null }, updateOf(remote), nextIn);
  return row?.replicate_id === remote.id ? row : null;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
