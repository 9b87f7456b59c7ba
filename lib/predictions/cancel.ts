import "server-only";
import type { User } from "@/lib/auth";
import { advance } from "./advance";
import { requestCancel } from "./rows";

/**
 * Cancels a prediction here and at Replicate. The wish is recorded first, so that it reaches Replicate even
 * if Replicate, or this server, cannot be reached now; repeating it does not repeat the request. False: this person has no
 * such prediction. What has finished stays as it is, and so does what finishes first.
 */
export async function cancelPrediction(user: User, id: string): Promise<boolean> {
  const row = await requestCancel(id, user.id);
  if (!row) return false;
  if (row.replicate_id && (row.status === "starting" || row.status === "processing")) await advance(id);
  return true;
}
