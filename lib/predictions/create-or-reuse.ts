import "server-only";
import type { User } from "@/lib/auth";
import { outputFiles } from "@/lib/media/output-files";
import { listSavedMedia } from "@/lib/media/queries";
import { createPrediction, hashRequest } from "./create";
import { serializePrediction } from "./queries";
import { findNewestRow, findRowByKey, type PredictionRow } from "./rows";
import type { NewPrediction } from "./input/new-prediction";
import type { Prediction } from "./schema";
import { isFinished } from "./status";

/** How long after its request a prediction may be reused (ms). */
const REUSE_FOR = 86_400_000;

/**
 * Returns the user's prediction for the same request in the last 24 hours, if it is running or all its files exist. In this
 * case, `isNew` is false, and the user pays nothing. Otherwise starts a prediction. A repeated `key` returns the prediction of
 * the first request with this key, as `createPrediction` does. If `key` is null, equal requests at the same time get the same
 * key, so that only one of them starts a prediction. Throws the errors of `createPrediction`.
 */
export async function createOrReuse(
  user: User,
  body: NewPrediction,
  key: string | null,
): Promise<{ prediction: Prediction; isNew: boolean }> {
  const hash = hashRequest(body);
  const earlier = await findNewestRow(user.id, hash, new Date(Date.now() - REUSE_FOR));
  const media = earlier ? await listSavedMedia(earlier.id) : [];
  if (earlier && isReusable(earlier, media.length) && (key === null || !(await findRowByKey(user.id, key)))) {
    return { prediction: serializePrediction(earlier, media), isNew: false };
  }
  // If the earlier prediction cannot be reused, for example because it has failed, this request needs a key that the earlier
  // request did not have. Otherwise `createPrediction` would return the earlier prediction. So the key contains the id of the
  // earlier prediction, which did not exist when the earlier key was made.
  const shared = `reuse.${hash}.${earlier?.id ?? new Date().toISOString().slice(0, 10)}`;
  return { prediction: await createPrediction(user, body, key ?? shared), isNew: true };
}

/**
 * Whether the prediction is running and the user has not canceled it, or all its files exist. `mediaCount`: how many of its files
 * are saved, and not deleted.
 */
function isReusable(row: PredictionRow, mediaCount: number): boolean {
  if (!isFinished(row.status)) return row.cancel_requested_at === null;
  if (row.status !== "succeeded" || row.save_error !== null) return false;
  return row.saved_at === null || mediaCount === outputFiles(row.output, row.links).length;
}
