import "server-only";
import type { User } from "@/lib/auth";
import { outputFiles } from "@/lib/media/output-files";
import { listSavedMedia } from "@/lib/media/queries";
import { createPrediction, hashRequest } from "./create";
import { serializePrediction } from "./queries";
import { findNewestRow, findRowByKey, type PredictionRow } from "./rows";
import type { NewPrediction, Prediction } from "./schema";
import { isFinished } from "./status";

/** A result is reused for this time (ms). */
const REUSE_FOR = 86_400_000;

/**
 * If the user sent this request in the last 24 hours, and that prediction is running or all its files exist, returns it: `isNew`
 * is false, and it costs nothing again. Otherwise starts a prediction. A repeated `key` returns the prediction of the first
 * request with it, as `createPrediction` does. If `key` is null, concurrent requests share one, so that only one of them starts a
 * prediction. Throws the errors of `createPrediction`.
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
  // After a failure, the key is another one.
  const shared = `reuse.${hash}.${earlier?.id ?? new Date().toISOString().slice(0, 10)}`;
  return { prediction: await createPrediction(user, body, key ?? shared), isNew: true };
}

/** Whether the prediction still runs, or all its files exist. `mediaCount`: how many are saved, and not deleted. */
function isReusable(row: PredictionRow, mediaCount: number): boolean {
  if (!isFinished(row.status)) return row.cancel_requested_at === null;
  if (row.status !== "succeeded" || row.save_error !== null) return false;
  return row.saved_at === null || mediaCount === outputFiles(row.output, row.links).length;
}
