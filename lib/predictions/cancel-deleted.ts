import "server-only";
import { z } from "zod";
import { log } from "@/lib/log";
import * as replicate from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";

/** The largest number of predictions that one call cancels. */
const MAX_CLAIMED = 50;

const Claimed = z.array(z.object({ prediction_id: z.uuid(), replicate_id: z.string() }));
type Claimed = z.infer<typeof Claimed>[number];

/**
 * Cancels deleted predictions at Replicate that may still run there. Their rows were deleted, for example together with the
 * account of their user. If a prediction cannot be canceled now, a later call tries again, until the longest possible run time
 * has passed. Can run on several servers. Throws `db_unavailable`.
 */
export async function cancelDeleted(): Promise<void> {
  const claimed = unwrap(await adminClient().rpc("claim_cancellations", { p_limit: MAX_CLAIMED }));
  await Promise.all(Claimed.parse(claimed).map(cancel));
}

/**
 * Records the id that a deleted prediction has at Replicate, if this id was not known before. After that, `cancelDeleted` can
 * cancel the prediction. Does nothing for any other prediction. Throws `db_unavailable`.
 */
export async function reportDeleted(id: string, replicateId: string): Promise<void> {
  const rows = adminClient().from("cancellations").update({ replicate_id: replicateId });
  unwrap(await rows.eq("prediction_id", id).is("replicate_id", null));
}

async function cancel({ prediction_id, replicate_id }: Claimed): Promise<void> {
  try {
    await replicate.cancelPrediction(replicate_id);
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    log.info("cancel_failed", { replicate_id, kind: error.kind });
    // Replicate rejects a cancel request only if the prediction has already ended. Then there is nothing left to cancel.
    if (error.kind !== "rejected") return;
  }
  unwrap(await adminClient().from("cancellations").delete().eq("prediction_id", prediction_id));
}
