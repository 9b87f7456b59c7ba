import "server-only";
import { cancelPrediction, getPrediction } from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import { nextLook } from "./pace";
import { apply, claim, release, type PredictionRow } from "./rows";
import { save } from "./save";
import { settle } from "./settle";
import { updateOf } from "./update";

/** How long one step may take (s). Longer than every request that a step makes together; after it others may try. */
const LEASE = 120;
/** Replicate ends every run after 30 minutes; what is still said to run after this is lost (s). */
const LONGEST_RUN = 35 * 60;

/**
 * Moves a prediction as far forward as it can be moved now, and answers with its row; null when it is not due or somebody
 * else is at it. May be called at any time, any number of times, by several servers at once. Throws when the
 * database does not answer: then the lease runs out and the next caller goes on.
 */
export async function advance(id: string): Promise<PredictionRow | null> {
  const row = await claim(id, LEASE);
  if (!row) return null;
  const now = Date.parse(row.lease_until ?? "") - LEASE * 1000;
  if (row.status === "succeeded") return save(row, now);

  const moved = row.replicate_id ? await ask(row, row.replicate_id, now) : await settle(row, now);
  return moved?.status === "succeeded" ? ((await advance(id)) ?? moved) : moved;
}

/** Asks Replicate, or tells it to cancel, which it answers with the same. `now` (ms) is the database's clock. */
async function ask(row: PredictionRow, replicateId: string, now: number): Promise<PredictionRow | null> {
  const elapsed = (now - Date.parse(row.created_at)) / 1000;
  try {
    const remote = row.cancel_requested_at ? await cancelPrediction(replicateId) : await getPrediction(replicateId);
    const update = updateOf(remote);
    const isLost = elapsed > LONGEST_RUN && (update.status === "starting" || update.status === "processing");
    if (isLost) return await giveUp(row, "The model did not finish within its time.");
    return await apply(row, update, await nextLook(row.model, elapsed));
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    if (elapsed > LONGEST_RUN || error.kind === "not_found")
      return giveUp(row, "Replicate no longer knows this prediction.");
    const backoff = Math.min(30, 2 ** Math.min(row.attempts, 5));
    return release(row, Math.max(backoff, error.kind === "throttled" ? error.retryAfter : 0), null);
  }
}

function giveUp(row: PredictionRow, error: string) {
  return apply(row, { status: "failed", error, error_code: "timed_out" }, 0);
}
