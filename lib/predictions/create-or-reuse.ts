import "server-only";
import type { User } from "@/lib/auth";
import { outputFiles } from "@/lib/media/output-files";
import { listSavedMedia } from "@/lib/media/queries";
import { createPrediction, hashRequest } from "./create";
import { serializePrediction } from "./queries";
import { findNewestRow, type PredictionRow } from "./rows";
import type { NewPrediction, Prediction } from "./schema";
import { isFinished } from "./status";

/** A result is reused for this time (ms). */
const REUSE_FOR = 86_400_000;

/**
 * Returns the user's prediction of the same request within a day, if its whole result still exists or may still come: it costs
 * nothing again, and `isNew` is false. Otherwise starts a prediction. Throws the errors of `createPrediction`.
 */
export async function createOrReuse(
  user: User,
  body: NewPrediction,
): Promise<{ prediction: Prediction; isNew: boolean }> {
  const hash = hashRequest(body);
  const earlier = await findNewestRow(user.id, hash, new Date(Date.now() - REUSE_FOR));
  const media = earlier ? await listSavedMedia(earlier.id) : [];
  if (earlier && isReusable(earlier, media.length)) {
    return { prediction: serializePrediction(earlier, media), isNew: false };
  }
  // Concurrent requests have the same key, so only one of them starts a prediction. After a failure, the key is another one.
  const key = `reuse.${hash}.${earlier?.id ?? new Date().toISOString().slice(0, 10)}`;
  return { prediction: await createPrediction(user, body, key), isNew: true };
}

/** Whether the prediction still runs, or all its files exist. `mediaCount`: how many are saved, and not deleted. */
function isReusable(row: PredictionRow, mediaCount: number): boolean {
  if (!isFinished(row.status)) return row.cancel_requested_at === null;
  if (row.status !== "succeeded" || row.save_error !== null) return false;
  return row.saved_at === null || mediaCount === outputFiles(row.output, row.links).length;
}
