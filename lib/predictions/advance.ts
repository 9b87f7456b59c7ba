import "server-only";
import type { User } from "@/lib/auth";
import * as replicate from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import type { ReplicatePrediction } from "@/lib/replicate/schema";
import { processState, shutdownSignal } from "@/lib/process-globals";
import { toUpdate } from "./from-replicate";
import { getPollDelay } from "./polling-interval";
import { recoverPrediction } from "./recover";
import { applyUpdate, claimLease, markSent, releaseLease, requestCancel, type PredictionRow } from "./rows";
import { saveOutput } from "./save";
import { sendPrediction } from "./send-to-replicate";

/** Lease of one step (s). After it another server may take over. ARCHITECTURE.md lists what then still counts. */
const LEASE = 120;
/** Replicate ends every prediction after 30 minutes. One that still runs after this is lost (s). */
const MAX_RUN = 35 * 60;
/** Replicate may not know a prediction yet that it has just created: it is lost only after this time (s) and so many tries. */
const UNKNOWN_FOR = 120;
const UNKNOWN_TIMES = 5;

/** Saves that wait for a slot or run. A second request for the same prediction joins the first. */
const saves = new Map<string, Promise<PredictionRow | null>>();

/** Advances a succeeded prediction once a slot is free. It is leased only then: meanwhile another server may save it. */
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
 * Moves a prediction forward by one step and returns its row; null when it is not due or another server has its lease. Safe
 * to call at any time, any number of times, on several servers. Throws `db_unavailable`; the lease then runs out and the
 * next caller continues.
 */
export async function advancePrediction(id: string): Promise<PredictionRow | null> {
  const row = await claimLease(id, LEASE);
  if (!row) return null;
  // The database's clock (ms).
  const now = Date.parse(row.lease_until ?? "") - LEASE * 1000;
  if (row.status === "succeeded") return saveOutput(row, now);
  if (row.replicate_id) return pollReplicate(row, row.replicate_id, now);
  return row.sent_at ? recoverPrediction(row, Date.parse(row.sent_at), now) : sendQueued(row);
}

/**
 * Cancels a prediction here and at Replicate. The request is saved first, so that it reaches Replicate even if this server or
 * Replicate fails now. A finished prediction stays as it is. False: the user has no such prediction.
 */
export async function cancelPrediction(user: User, id: string): Promise<boolean> {
  const row = await requestCancel(id, user.id);
  if (!row) return false;
  if (row.replicate_id && (row.status === "starting" || row.status === "processing")) await advancePrediction(id);
  return true;
}

async function sendQueued(row: PredictionRow) {
  if (row.cancel_requested_at) return applyUpdate(row, { status: "canceled" }, 0);
  return (await markSent(row)) ? (await sendPrediction(row)).row : releaseLease(row, 1, null);
}

async function pollReplicate(row: PredictionRow, replicateId: string, now: number): Promise<PredictionRow | null> {
  const elapsed = (now - Date.parse(row.sent_at ?? row.created_at)) / 1000;
  const isOverdue = elapsed > MAX_RUN;
  let remote: ReplicatePrediction;
  try {
    const mustCancel = row.cancel_requested_at !== null || isOverdue;
    remote = await (mustCancel ? cancelAtReplicate(replicateId) : replicate.getPrediction(replicateId));
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    return retryOrGiveUp(row, replicateId, error, elapsed);
  }
  const isRunning = remote.status === "starting" || remote.status === "processing";
  if (isOverdue && isRunning) return giveUp(row, replicateId, "The model did not finish within its time.");
  return applyUpdate(row, toUpdate(remote), await getPollDelay(row.model, elapsed));
}

function retryOrGiveUp(row: PredictionRow, replicateId: string, error: ReplicateError, elapsed: number) {
  if (error.kind === "not_found" && elapsed > UNKNOWN_FOR && row.attempts >= UNKNOWN_TIMES) {
    return giveUp(row, replicateId, "Replicate no longer knows this prediction.");
  }
  if (elapsed > MAX_RUN) return giveUp(row, replicateId, "Replicate could not be asked for the result in time.");
  const backoff = Math.min(30, 2 ** row.attempts);
  return releaseLease(row, error.kind === "throttled" ? Math.max(backoff, error.retryAfter) : backoff, null);
}

/** Replicate may refuse to cancel a prediction that has just ended; then its state tells the end. */
async function cancelAtReplicate(replicateId: string): Promise<ReplicatePrediction> {
  try {
    return await replicate.cancelPrediction(replicateId);
  } catch (error) {
    if (error instanceof ReplicateError && error.kind === "throttled") throw error;
    return replicate.getPrediction(replicateId);
  }
}

function giveUp(row: PredictionRow, replicateId: string, error: string) {
  return applyUpdate(row, { status: "failed", replicate_id: replicateId, error, error_code: "timed_out" }, 0);
}
