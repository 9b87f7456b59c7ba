import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { signInputFiles } from "@/lib/media/input-files";
import * as replicate from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import { toUpdate } from "./from-replicate";
import { getPollDelay } from "./polling-interval";
import { applyUpdate, listKnownReplicateIds, queuePrediction, releaseLease, type PredictionRow } from "./rows";

/** Time until a create request with an unclear answer is looked for (s). */
const RECOVER_AFTER = 1;
/** Time until a prediction whose files could not be signed is sent again (s). */
const RETRY_AFTER = 5;

type Sent = { row: PredictionRow | null; refusal: ReplicateError | null };

/**
 * Sends the create request of a leased row exactly once and saves the result: started, queued (429), failed (refused), or
 * unclear, to be recovered later. Throws only `db_unavailable`.
 */
export async function sendPrediction(row: PredictionRow): Promise<Sent> {
  let input: Record<string, unknown>;
  try {
    input = await signInputFiles(row.input, row.user_id);
  } catch (error) {
    const isDeleted = error instanceof AppError && error.code === "not_found";
    const changed = isDeleted ? failRefused(row, error.message) : queuePrediction(row, RETRY_AFTER);
    return { row: await changed, refusal: null };
  }
  const { webhookUrl } = env();
  try {
    const remote = await replicate.createPrediction({
      model: row.model,
      version: row.version,
      input,
      // Our own id in it names the row even if the answer to the create request is lost.
      webhook: webhookUrl && `${webhookUrl}?prediction=${row.id}`,
    });
    const applied = await applyUpdate(row, toUpdate(remote), await getPollDelay(row.model, 0));
    if (applied?.replicate_id !== remote.id) await cancelUnlessKnown(remote.id);
    return { row: applied, refusal: null };
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    log.info("create_not_accepted", { prediction: row.id, kind: error.kind });
    if (error.kind === "throttled") return { row: await queuePrediction(row, error.retryAfter), refusal: null };
    if (error.kind === "unclear") return { row: await releaseLease(row, RECOVER_AFTER, null), refusal: null };
    const reason =
      error.kind === "unauthorized" ? "This installation cannot use Replicate at the moment." : error.message;
    return { row: await failRefused(row, reason), refusal: error };
  }
}

/** Cancels a prediction whose row ended meanwhile, unless another row has recovered it. A failure is only logged. */
async function cancelUnlessKnown(replicateId: string) {
  if ((await listKnownReplicateIds([replicateId])).has(replicateId)) return;
  try {
    await replicate.cancelPrediction(replicateId);
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    log.info("cancel_not_heard", { replicate_id: replicateId, kind: error.kind });
  }
}

function failRefused(row: PredictionRow, error: string) {
  return applyUpdate(row, { status: "failed", error, error_code: "provider_refused" }, 0);
}
