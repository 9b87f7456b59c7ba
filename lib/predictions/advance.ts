import "server-only";
import pLimit from "p-limit";
import { shutdownSignal } from "@/lib/shutdown";
import { cancelPrediction, getPrediction } from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import type { ReplicatePrediction } from "@/lib/replicate/schema";
import { nextPollIn } from "./polling-interval";
import { apply, claim, release, type PredictionRow } from "./rows";
import { save } from "./save";
import { settle } from "./recover";
import { updateOf } from "./from-replicate";

/** How long one step is left alone (s); after it others may try, and what a slow step still does counts only where it is new. */
const LEASE = 120;
/** Replicate ends every run after 30 minutes; what is still said to run after this is lost (s). */
const LONGEST_RUN = 35 * 60;
/** A prediction that Replicate does not know may only be too new for it (s), so it is asked again a few times. */
const UNKNOWN_FOR = 120;
const UNKNOWN_TIMES = 5;

declare global {
  // Each route is bundled apart: they take turns together.
  var darkroomSaving: ReturnType<typeof pLimit> | undefined;
}

/** Predictions whose files are copied at one time, for all that waits in this process. */
const saving = (globalThis.darkroomSaving ??= pLimit(8));
/** Whoever asks for one that waits already, such as a webhook that comes again, waits with it. */
const waiting = new Map<string, Promise<PredictionRow | null>>();

/**
 * The same as `advance`, for what has succeeded: its row is leased only once its turn has come, so that whatever waits
 * here is free for other servers, and nobody waits for it if this one dies.
 */
export function finish(id: string): Promise<PredictionRow | null> {
  const turn =
    waiting.get(id) ?? saving(() => (shutdownSignal.aborted ? null : advance(id))).finally(() => waiting.delete(id));
  waiting.set(id, turn);
  return turn;
}

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

  return row.replicate_id ? ask(row, row.replicate_id, now) : settle(row, now);
}

/** Asks Replicate how far the prediction is, and first tells it to cancel where that is wished. `now` (ms) is the database's clock. */
async function ask(row: PredictionRow, replicateId: string, now: number): Promise<PredictionRow | null> {
  const elapsed = (now - Date.parse(row.sent_at ?? row.created_at)) / 1000;
  try {
    const isOverdue = elapsed > LONGEST_RUN;
    const remote = row.cancel_requested_at || isOverdue ? await cancel(replicateId) : await getPrediction(replicateId);
    const update = updateOf(remote);
    const isLost = isOverdue && (update.status === "starting" || update.status === "processing");
    if (isLost) return await giveUp(row, replicateId, "The model did not finish within its time.");
    return await apply(row, update, await nextPollIn(row.model, elapsed));
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    const isUnknown = error.kind === "not_found" && elapsed > UNKNOWN_FOR && row.attempts >= UNKNOWN_TIMES;
    if (isUnknown) return giveUp(row, replicateId, "Replicate no longer knows this prediction.");
    if (elapsed > LONGEST_RUN) return giveUp(row, replicateId, "Replicate could not be asked for the result in time.");
    const backoff = Math.min(30, 2 ** Math.min(row.attempts, 5));
    return release(row, Math.max(backoff, error.kind === "throttled" ? error.retryAfter : 0), null);
  }
}

/** Replicate may refuse to cancel what has just ended; then its state says how. */
async function cancel(replicateId: string): Promise<ReplicatePrediction> {
  try {
    return await cancelPrediction(replicateId);
  } catch (error) {
    if (error instanceof ReplicateError && error.kind === "throttled") throw error;
    return getPrediction(replicateId);
  }
}

function giveUp(row: PredictionRow, replicateId: string, error: string) {
  return apply(row, { status: "failed", replicate_id: replicateId, error, error_code: "timed_out" }, 0);
}
