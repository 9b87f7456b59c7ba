import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { signInputFiles } from "@/lib/media/input-files";
import { log } from "@/lib/log";
import { cancelPrediction, createPrediction } from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import { knownReplicateIds } from "./known-ids";
import { nextPollIn } from "./polling-interval";
import { apply, queue, release, type PredictionRow } from "./rows";
import { updateOf } from "./from-replicate";

/** Before a create whose answer is unclear is looked for (s). */
const LOOK_FOR_IT_IN = 1;
/** Before a create that could not be prepared is tried again (s). */
const PREPARE_AGAIN_IN = 5;

type Sent = { row: PredictionRow | null; refusal: ReplicateError | null };

/**
 * Sends the create request of a leased row, exactly once, and writes down what came of it: started, queued (429),
 * failed and given back (refused), or unclear, to be looked into. Throws only when the database does not answer.
 */
export async function send(row: PredictionRow): Promise<Sent> {
  let input: Record<string, unknown>;
  try {
    input = await signInputFiles(row.input, row.user_id);
  } catch (error) {
    const isGone = error instanceof AppError && error.code === "not_found";
    return { row: await (isGone ? refuse(row, error.message) : queue(row, PREPARE_AGAIN_IN)), refusal: null };
  }
  try {
    const remote = await createPrediction({
      model: row.model,
      version: row.version,
      input,
      webhook: webhookFor(row.id),
    });
    const applied = await apply(row, updateOf(remote), await nextPollIn(row.model, 0));
    if (applied?.replicate_id !== remote.id) await stopUnlessKnown(remote.id);
    return { row: applied, refusal: null };
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    log.info("create_not_accepted", { prediction: row.id, kind: error.kind });
    if (error.kind === "throttled") return { row: await queue(row, error.retryAfter), refusal: null };
    if (error.kind === "unclear") return { row: await release(row, LOOK_FOR_IT_IN, null), refusal: null };
    const reason = error.kind === "unauthorized" ? "This installation cannot use Replicate just now." : error.message;
    return { row: await refuse(row, reason), refusal: error };
  }
}

/**
 * The row ended while its create was on its way: nobody would hear of the prediction, or stop it. Unless another row, which
 * lost one of the same words, has taken it for its own: there it goes on. That this failed says nothing of the create;
 * Replicate then ends it by itself after its longest run.
 */
async function stopUnlessKnown(replicateId: string) {
  if ((await knownReplicateIds([replicateId])).has(replicateId)) return;
  try {
    await cancelPrediction(replicateId);
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    log.info("cancel_not_heard", { replicate_id: replicateId, kind: error.kind });
  }
}

function refuse(row: PredictionRow, error: string) {
  return apply(row, { status: "failed", error, error_code: "provider_refused" }, 0);
}

/** Our own id travels in the address, so that a webhook can tell which row a lost create belongs to. */
export function webhookFor(id: string): string | null {
  return env().webhookUrl && `${env().webhookUrl}?prediction=${id}`;
}
