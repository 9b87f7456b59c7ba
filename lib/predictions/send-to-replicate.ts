import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { signInputFiles } from "@/lib/media/input-files";
import * as replicate from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import type { ReplicatePrediction } from "@/lib/replicate/schema";
import { isOutage } from "@/lib/supabase/result";
import { reportDeleted } from "./cancel-deleted";
import { toUpdate } from "./to-update";
import { getPollDelay } from "./polling-interval";
import { toRowError } from "./rejection-messages";
import { applyUpdate, listKnownReplicateIds, queuePrediction, releaseLease, type PredictionRow } from "./rows";

/** The pause before we search Replicate for the prediction of a create request with an unclear result (s). */
const RECOVER_AFTER = 1;
/** The pause before the next attempt to send a prediction whose files could not be signed (s). */
const RETRY_AFTER = 5;

/**
 * `saved` resolves with the changed row as soon as the result is in the database. It rejects only in an outage. `rejection` is
 * Replicate's error, if Replicate rejected the request.
 */
type Sent = { saved: Promise<PredictionRow | null>; rejection: ReplicateError | null };

/**
 * Sends the create request of a leased row, at most once, and begins to save the result: the prediction has started, is queued
 * (after a 429, or because its files could not be signed), or has failed (Replicate rejected it, or a file was deleted). If the
 * result is unclear, the prediction is recovered later.
 */
export async function sendPrediction(row: PredictionRow): Promise<Sent> {
  let input: Record<string, unknown>;
  try {
    input = await signInputFiles(row.input, row.user_id);
  } catch (error) {
    const isDeleted = error instanceof AppError && error.code === "not_found";
    const saved = isDeleted ? failRejected(row, error.message) : queuePrediction(row, RETRY_AFTER);
    return { saved, rejection: null };
  }
  const { webhookUrl } = env();
  // Loaded while we wait for Replicate's response.
  const delay = getPollDelay(row.model, 0);
  try {
    const remote = await replicate.createPrediction({
      model: row.model,
      version: row.version,
      input,
      // With this id, a webhook finds its row even if the response to the create request is lost.
      webhook: webhookUrl && `${webhookUrl}?prediction=${row.id}`,
    });
    return { saved: saveStarted(row, remote, delay), rejection: null };
  } catch (error) {
    const kind = error instanceof ReplicateError ? error.kind : "unreadable";
    log.info("create_not_accepted", { prediction: row.id, kind });
    if (!(error instanceof ReplicateError) || kind === "unclear" || kind === "unreadable") {
      return { saved: releaseLease(row, RECOVER_AFTER, null), rejection: null };
    }
    if (kind === "throttled") return { saved: queuePrediction(row, error.retryAfter, true), rejection: null };
    return { saved: failRejected(row, toRowError(error)), rejection: error };
  }
}

async function saveStarted(row: PredictionRow, remote: ReplicatePrediction, delay: Promise<number>) {
  try {
    const applied = await applyUpdate(row, toUpdate(remote), await delay);
    // The row was deleted. The sweep sends cancel requests until one succeeds.
    if (!applied) await reportDeleted(row.id, remote.id);
    if (applied?.replicate_id !== remote.id) await cancelUnlessKnown(remote.id);
    return applied;
  } catch (error) {
    if (isOutage(error)) throw error;
    log.info("create_not_accepted", { prediction: row.id, kind: "unreadable" });
    return releaseLease(row, RECOVER_AFTER, null);
  }
}

/**
 * Cancels a prediction at Replicate that its row has not accepted, because the row was deleted or has ended in the meantime. Does
 * nothing if it belongs to another row. If the cancel request fails, that is only logged.
 */
async function cancelUnlessKnown(replicateId: string) {
  if ((await listKnownReplicateIds([replicateId])).has(replicateId)) return;
  try {
    await replicate.cancelPrediction(replicateId);
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    log.info("cancel_failed", { replicate_id: replicateId, kind: error.kind });
  }
}

function failRejected(row: PredictionRow, error: string) {
  return applyUpdate(row, { status: "failed", error, error_code: "provider_refused" }, 0);
}
