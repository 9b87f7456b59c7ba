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
import { isFinished } from "./status";

/** The lease of one step (s). Another server may continue after it: see ARCHITECTURE.md. */
const LEASE = 120;
/** Replicate ends every prediction after 30 minutes. One that runs longer than this is lost (s). */
const MAX_RUN = 35 * 60;
/** A new prediction may be unknown to Replicate at first: it is lost only after this time (s) and this many attempts. */
const UNKNOWN_FOR = 120;
const UNKNOWN_TIMES = 5;

/** Running and waiting saves. A second call for the same prediction gets the same promise. */
const saves = new Map<string, Promise<PredictionRow | null>>();

/** Advances a succeeded prediction once a slot is free. It is leased only then, so that another server can save it earlier. */
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
 * Advances a prediction by one step and returns its row; null if it is not due or another server has its lease. Can be called
 * at any time, repeatedly and on several servers. Throws `db_unavailable`: when the lease ends, the next caller continues.
 */
export async function advancePrediction(id: string): Promise<PredictionRow | null> {
  const row = await claimLease(id, LEASE);
  if (!row) return null;
  // The time by the database's clock (ms).
  const now = Date.parse(row.lease_until ?? "") - LEASE * 1000;
  if (row.status === "succeeded") return saveOutput(row, now);
  if (row.replicate_id) return pollReplicate(row, row.replicate_id, now);
  return row.sent_at ? recoverPrediction(row, Date.parse(row.sent_at), now) : sendQueued(row);
}

/**
 * Cancels a prediction here and at Replicate. The request is saved first, so that it reaches Replicate even if this server or
 * Replicate fails now. A finished prediction does not change. Returns false if the user has no such prediction.
 */
export async function cancelPrediction(user: User, id: string): Promise<boolean> {
  const row = await requestCancel(id, user.id);
  if (!row) return false;
  if (row.replicate_id && !isFinished(row.status)) await advancePrediction(id);
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
  if (isOverdue && !isFinished(remote.status)) return giveUp(row, replicateId, "The model did not finish in time.");
  return applyUpdate(row, toUpdate(remote), await getPollDelay(row.model, elapsed));
}

function retryOrGiveUp(row: PredictionRow, replicateId: string, error: ReplicateError, elapsed: number) {
  if (error.kind === "not_found" && elapsed > UNKNOWN_FOR && row.attempts >= UNKNOWN_TIMES) {
    return giveUp(row, replicateId, "Replicate no longer knows this prediction.");
  }
  if (elapsed > MAX_RUN) return giveUp(row, replicateId, "Replicate was unavailable for too long.");
  const backoff = Math.min(30, 2 ** row.attempts);
  return releaseLease(row, error.kind === "throttled" ? Math.max(backoff, error.retryAfter) : backoff, null);
}

/** Replicate may reject the request if the prediction has just ended. Its status is then final. */
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
