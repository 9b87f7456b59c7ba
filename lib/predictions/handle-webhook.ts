import "server-only";
import { z } from "zod";
import { ReplicatePrediction } from "@/lib/replicate/schema";
import { nextPollIn } from "./polling-interval";
import { isFinished } from "./parse-logs";
import { apply, type PredictionRow } from "./rows";
import { updateOf } from "./from-replicate";

/** Ours and Replicate's ids of predictions that are over and saved, the latest last: what is said of them changes nothing. */
const over = new Set<string>();
const MOST_OVER = 1000;

type Received = { isOurs: boolean; unsaved: PredictionRow | null };

/**
 * Applies a webhook whose signature was verified. `id` is our own, from the address we gave. Where it is not about
 * anything of ours, or makes no sense, sending it again would not help. `unsaved`: what has succeeded and whose files are to
 * be copied. One that comes again after all is done costs the database nothing.
 */
export async function handleWebhook(id: string | null, body: string): Promise<Received> {
  const own = z.uuid().safeParse(id).data;
  const remote = ReplicatePrediction.safeParse(jsonIn(body)).data;
  if (!own || !remote) return { isOurs: false, unsaved: null };
  const pair = `${own} ${remote.id}`;
  if (over.has(pair)) return { isOurs: true, unsaved: null };

  const elapsed = (Date.now() - Date.parse(remote.created_at)) / 1000;
  const nextIn = isFinished(remote.status) ? 0 : await nextPollIn(remote.model ?? "", elapsed);
  const row = await apply({ id: own, lease_token: null }, updateOf(remote), nextIn);
  if (row?.replicate_id !== remote.id) return { isOurs: false, unsaved: null };
  if (row.next_at === null) remember(pair);
  return { isOurs: true, unsaved: row.status === "succeeded" && !row.saved_at ? row : null };
}

function remember(pair: string) {
  over.add(pair);
  const [oldest = ""] = over;
  if (over.size > MOST_OVER) over.delete(oldest);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
