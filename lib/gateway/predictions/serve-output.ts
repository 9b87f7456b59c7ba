import "server-only";
import { requireSignedUrl } from "@/lib/gateway/signing";
import { outputFiles } from "@/lib/media/output-files";
import { respondWithMedia } from "@/lib/media/serving/file-response";
import { respondWithUnsaved } from "@/lib/media/serving/unsaved-file";
import { notFound } from "@/lib/request-params";
import { findOpenPrediction, findOutputMedia } from "./queries";

/**
 * Responds with an output file of a prediction, for whoever has its signed URL: from storage or, until it is saved, from
 * Replicate. Throws `not_found` if the URL is not signed or has expired, if the file was deleted, and if its owner is blocked or
 * has no account any more.
 */
export async function serveOutput(request: Request, predictionId: string, position: number): Promise<Response> {
  requireSignedUrl("output", request);
  const [row, media] = await Promise.all([findOpenPrediction(predictionId), findOutputMedia(predictionId, position)]);
  if (!row || position in row.deleted_images) notFound();
  if (media) return respondWithMedia(request, media, true);
  const isExpired = row.output_expires_at !== null && Date.now() > Date.parse(row.output_expires_at);
  const url = isExpired ? undefined : outputFiles(row.output, row.links)[position];
  return url === undefined ? notFound() : respondWithUnsaved(request, url);
}
