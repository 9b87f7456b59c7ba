import "server-only";
import type { User } from "@/lib/auth";
import { log } from "@/lib/log";
import { hasRoom } from "@/lib/media/storage";
import * as replicate from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import type { ReplicatePrediction } from "@/lib/replicate/schema";
import { processState, shutdownSignal } from "@/lib/process-globals";
import { isOutage } from "@/lib/supabase/result";
import { withoutSecretsOf } from "./input/hide-secrets";
import { toUpdate } from "./to-update";
import { getPollDelay } from "./polling-interval";
import { endProvisionally, MAX_RUN, recoverPrediction } from "./recover";
import {
  applyUpdate,
  claimLease,
  markSent,
  postponeRow,
  releaseLease,
  requestCancel,
  waitForTurn,
  type PredictionRow,
} from "./rows";
import { saveOutput } from "./save-output";
import type { ErrorCode } from "./schema";
import { sendPrediction } from "./send-to-replicate";
import { isFinished } from "./status";

/**
 * How long the lease of one step lasts (s). When the lease has ended, another server may take over the prediction: see
 * ARCHITECTURE.md.
 */
const LEASE = 120;
/**
 * Replicate may respond with 404 for a prediction that is very new. So a prediction that Replicate does not find counts as
 * lost only after `UNKNOWN_FOR` seconds and `UNKNOWN_TIMES` attempts.
 */
const UNKNOWN_FOR = 120;
const UNKNOWN_TIMES = 5;
/** If so many of Replicate's responses, one after another, cannot be understood, `countUnreadable` ends the prediction. */
const MAX_UNREADABLE = 5;

/**
 * The calls of `saveWhenSlotFree` that have not ended. The keys are the ids of the predictions. A second call for the same
 * prediction gets the same promise.
 */
const saves = new Map<string, Promise<PredictionRow | null>>();

/**
 * Saves the output of a succeeded prediction, and returns the same as `advancePrediction`. First waits while this process is
 * saving as many predictions as `savingPredictions` allows. The lease begins only after this wait, so that another server can
 * save the prediction during the wait. Returns null at shutdown.
 */
export function saveWhenSlotFree(id: string): Promise<PredictionRow | null> {
  const save =
    saves.get(id) ??
    processState
      .savingPredictions(() => (shutdownSignal.aborted ? null : advancePrediction(id)))
      .finally(() => saves.delete(id));
  saves.set(id, save);
  return save;
}

/**
 * Does the next step of a due prediction: sends it, searches for it at Replicate, polls it, cancels it, or saves its output.
 * Returns its row, or null if the prediction is not due, or if another server has its lease. Can be called at any time,
 * repeatedly and on several servers. Throws only if the database or storage is unavailable or full. After that, no server can
 * continue until the lease has expired.
 */
export async function advancePrediction(id: string): Promise<PredictionRow | null> {
  const row = await claimLease(id, LEASE);
  if (!row) return null;
  // The lease has just begun, so its start is the current time by the database's clock (ms).
  const now = Date.parse(row.lease_until ?? "") - LEASE * 1000;
  const elapsed = (now - Date.parse(row.sent_at ?? row.created_at)) / 1000;
  try {
    if (row.status === "succeeded") return await saveOutput(row, now);
    if (row.replicate_id) return await pollReplicate(row, row.replicate_id, elapsed);
    return await (row.sent_at ? recoverPrediction(row, Date.parse(row.sent_at), now) : sendQueued(row, now));
  } catch (error) {
    if (isOutage(error)) throw error;
    return countUnreadable(row, error, elapsed);
  }
}

/**
 * Cancels a prediction here and at Replicate. The cancel request is first saved in the row. So even if this server or
 * Replicate fails now, the cancel request is sent later. A finished prediction does not change. Returns false if the user has
 * no such prediction.
 */
export async function cancelPrediction(user: Pick<User, "id">, id: string): Promise<boolean> {
  const row = await requestCancel(id, user.id);
  if (!row) return false;
  if (row.replicate_id && (row.provisional || !isFinished(row.status))) await advancePrediction(id);
  return true;
}

async function sendQueued(row: PredictionRow, now: number) {
  if (row.cancel_requested_at) return applyUpdate(row, { status: "canceled" }, 0);
  // As at Replicate, a prediction that has not begun by its deadline is aborted.
  if (row.deadline && Date.parse(row.deadline) <= now) return applyUpdate(row, { status: "aborted" }, 0);
  return (await hasRoom()) && (await markSent(row)) ? (await sendPrediction(row)).saved : postponeRow(row, 1, null);
}

async function pollReplicate(row: PredictionRow, replicateId: string, elapsed: number): Promise<PredictionRow | null> {
  const isOverdue = elapsed > MAX_RUN;
  let remote: ReplicatePrediction;
  try {
    const mustCancel = row.cancel_requested_at !== null || isOverdue;
    remote = await (mustCancel ? cancelAtReplicate(replicateId) : replicate.getPrediction(replicateId));
  } catch (error) {
    if (!(error instanceof ReplicateError) || error.kind === "unreadable") throw error;
    return retryOrGiveUp(row, error, elapsed);
  }
  if (remote.id !== replicateId) throw new ReplicateError("unreadable", "The response is about another prediction.");
  const update = toUpdate(withoutSecretsOf(row, remote));
  if (isOverdue && !isFinished(update.status))
    return giveUp(row, elapsed, "The model did not finish in time.", "timed_out");
  return applyUpdate(row, update, await getPollDelay(row.model, elapsed));
}

function retryOrGiveUp(row: PredictionRow, error: ReplicateError, elapsed: number) {
  if (row.provisional) return giveUp(row, elapsed, error.message);
  if (error.kind === "not_found" && elapsed > UNKNOWN_FOR && row.attempts >= UNKNOWN_TIMES) {
    return giveUp(row, elapsed, "Replicate has no record of this prediction.");
  }
  if (elapsed > MAX_RUN) return giveUp(row, elapsed, "Replicate was unavailable for too long.");
  if (error.kind === "throttled") return waitForTurn(row, error.retryAfter);
  return releaseLease(row, Math.min(30, 2 ** row.attempts), null);
}

/**
 * Sends a cancel request. If Replicate rejects it, for example because the prediction has just ended, reads the prediction
 * instead.
 */
async function cancelAtReplicate(replicateId: string): Promise<ReplicatePrediction> {
  try {
    return await replicate.cancelPrediction(replicateId);
  } catch (error) {
    if (error instanceof ReplicateError && error.kind === "throttled") throw error;
    return replicate.getPrediction(replicateId);
  }
}

/**
 * Handles an error that our own database or storage did not cause, such as a response that cannot be understood. After
 * `MAX_UNREADABLE` such errors without a successful update, ends the prediction, so that it is not tried forever.
 */
async function countUnreadable(row: PredictionRow, error: unknown, elapsed: number): Promise<PredictionRow | null> {
  const times = row.unreadable_responses + 1;
  if (times < MAX_UNREADABLE) return releaseLease(row, Math.min(30, 2 ** times), row.save_error, true);
  if (!row.provisional) log.error("prediction_unreadable", { prediction: row.id, error });
  if (row.status === "succeeded") return releaseLease(row, null, "unsupported_output", true);
  if (!row.sent_at && !row.replicate_id) {
    return applyUpdate(row, { status: "failed", error: "The request could not be sent to Replicate." }, null);
  }
  return giveUp(row, elapsed, "Replicate's response could not be understood.");
}

/** Ends the prediction provisionally. If it is provisional already, only sets the time of the next check. */
function giveUp(row: PredictionRow, elapsed: number, error: string, error_code: ErrorCode = "provider_unreachable") {
  return endProvisionally(row, elapsed, { error, error_code });
}
