import "server-only";
import type { User } from "@/lib/auth";
import { log } from "@/lib/log";
import { cancelPrediction as cancelAtReplicate } from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import { apply, requestCancel } from "./rows";
import { updateOf } from "./update";

/**
 * Cancels a prediction here and at Replicate. The wish is recorded first, so that it reaches Replicate even
 * if Replicate, or this server, cannot be reached now. False: this person has no such prediction. What has finished stays
 * as it is, and so does what finishes first.
 */
export async function cancelPrediction(user: User, id: string): Promise<boolean> {
  const row = await requestCancel(id, user.id);
  if (!row) return false;
  if (row.replicate_id && (row.status === "starting" || row.status === "processing")) {
    try {
      await apply({ id, lease_token: null }, updateOf(await cancelAtReplicate(row.replicate_id)), 1);
    } catch (error) {
      if (!(error instanceof ReplicateError)) throw error;
      log.info("cancel_not_heard", { prediction: id, kind: error.kind });
    }
  }
  return true;
}
