import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { signInputFiles } from "@/lib/media/input-files";
import { redactedNames } from "@/lib/models/inputs/secrets";
import * as replicate from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import type { ReplicatePrediction } from "@/lib/replicate/schema";
import { isOutage } from "@/lib/supabase/result";
import { reportDeleted } from "./cancel-deleted";
import { listKnownReplicateIds } from "./recover-queries";
import { rejectionWithoutSecrets, rememberSecrets, withoutSecretsOf } from "./input/hide-secrets";
import { toUpdate } from "./to-update";
import { getPollDelay } from "./polling-interval";
import { failUnsent, notSent, toRowError } from "./rejection-messages";
import { applyUpdate, queuePrediction, releaseLease, type PredictionRow } from "./rows";

type Input = Record<string, unknown>;

/** If the result of a create request is unclear, we wait this long (s) before we search Replicate for its prediction. */
const RECOVER_AFTER = 1;
/** If the URLs of the input files could not be signed, we wait this long (s) before the next attempt to send the prediction. */
const RETRY_AFTER = 5;

/**
 * `saved` resolves with the changed row as soon as the result is in the database. It rejects only if the database is
 * unavailable or full. `rejection` is Replicate's error, if Replicate rejected the request. It is also set if a request with
 * secrets could not be sent: Replicate rejected it with 429, or its files could not be signed.
 */
type Sent = { saved: Promise<PredictionRow | null>; rejection: ReplicateError | AppError | null };

/**
 * Sends the create request of a leased row, at most once, and begins to save the result: the prediction has started, is queued
 * (after a 429, or because its files could not be signed), or has failed (Replicate rejected it or one of its files, or a file
 * was deleted). If the result is unclear, the prediction is recovered later. `secrets` are the real values of the inputs for
 * which the row contains only `REDACTED`. A prediction with secrets is never queued: it fails instead.
 */
export async function sendPrediction(row: PredictionRow, secrets: Input = {}): Promise<Sent> {
  // This should never happen: a secret of the row is missing in `secrets`. Without it, Replicate would get the text `REDACTED`
  // as the secret, so the row is not sent.
  if (redactedNames(row.input).some((name) => !(name in secrets))) {
    return { saved: failUnsent(row), rejection: null };
  }
  let input: Input;
  try {
    input = { ...(await signInputFiles(row.input, row.user_id)), ...secrets };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") {
      return { saved: failRejected(row, error.message), rejection: null };
    }
    if (error instanceof ReplicateError && isRejection(error)) return endRejected(row, error, secrets);
    const isThrottled = error instanceof ReplicateError && error.kind === "throttled";
    const delay = isThrottled ? error.retryAfter : RETRY_AFTER;
    if (hasSecrets(secrets)) return { saved: failUnsent(row), rejection: notSent(delay) };
    return { saved: queuePrediction(row, delay), rejection: null };
  }
  rememberSecrets(row.id, secrets);
  const { webhookUrl } = env();
  // The delay until the first poll is loaded while we wait for Replicate's response, so this promise is not awaited here.
  const delay = getPollDelay(row.model, 0);
  try {
    const remote = await replicate.createPrediction({
      model: row.model,
      version: row.version,
      input,
      ...(row.deadline && { cancelAfter: secondsLeft(row.deadline, row.sent_at) }),
      webhook: webhookUrl && `${webhookUrl}?${webhookQuery(row)}`,
    });
    return { saved: saveStarted(row, remote, delay), rejection: null };
  } catch (error) {
    const kind = error instanceof ReplicateError ? error.kind : "unreadable";
    log.info("create_not_accepted", { prediction: row.id, kind });
    if (!(error instanceof ReplicateError) || kind === "unclear" || kind === "unreadable") {
      return { saved: releaseLease(row, RECOVER_AFTER, null), rejection: null };
    }
    if (isRejection(error)) return endRejected(row, error, secrets);
    if (hasSecrets(secrets)) return { saved: failUnsent(row), rejection: rejectionWithoutSecrets(error, secrets) };
    return { saved: queuePrediction(row, error.retryAfter, true), rejection: null };
  }
}

/**
 * Returns the seconds from sending until the deadline: at least 5, because Replicate accepts no less, and at most 1800, the
 * longest run. If `sentAt` is null, the row was queued before, and the time of sending is now, by this server's clock.
 */
function secondsLeft(deadline: string, sentAt: string | null): number {
  const left = (Date.parse(deadline) - (sentAt ? Date.parse(sentAt) : Date.now())) / 1000;
  return Math.min(1800, Math.max(5, Math.ceil(left)));
}

/**
 * Returns the query of the webhook's URL. With our id, a webhook finds its row even if the response to the create request is
 * lost. With the names of the secrets, any server can remove the secrets without reading the row.
 */
function webhookQuery({ id, input }: PredictionRow): URLSearchParams {
  const names = redactedNames(input).map((name) => ["secret", name]);
  return new URLSearchParams([["prediction", id], ...names]);
}

/** Whether Replicate has refused the request for another reason than its rate limit. */
function isRejection({ kind }: ReplicateError): boolean {
  return kind === "rejected" || kind === "unauthorized" || kind === "not_found";
}

function hasSecrets(secrets: Input): boolean {
  return Object.keys(secrets).length > 0;
}

async function saveStarted(row: PredictionRow, remote: ReplicatePrediction, delay: Promise<number>) {
  try {
    const applied = await applyUpdate(row, toUpdate(withoutSecretsOf(row, remote)), await delay);
    // If there is no row, the prediction was deleted. In this case, the sweep sends cancel requests until one succeeds.
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
 * Cancels a prediction at Replicate whose id is in no row, because its row was deleted or has ended in the meantime. Does nothing
 * if the id is in a row. A cancel request that fails is only logged.
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

function endRejected(row: PredictionRow, error: ReplicateError, secrets: Input): Sent {
  const rejection = rejectionWithoutSecrets(error, secrets);
  return { saved: failRejected(row, toRowError(rejection)), rejection };
}

function failRejected(row: PredictionRow, error: string) {
  return applyUpdate(row, { status: "failed", error, error_code: "provider_refused" }, 0);
}
