import "server-only";
import { requireSignedUrl } from "@/lib/api-v1/url-signature";
import { isOutputExpired, outputFiles } from "@/lib/media/output-files";
import { respondWithMedia } from "@/lib/media/serving/file-response";
import { respondWithUnsaved } from "@/lib/media/serving/unsaved-file";
import { notFound } from "@/lib/request-params";
import { findOpenPrediction, findOutputMedia } from "./queries";

/**
 * Responds with an output file of a prediction to anyone who has its signed URL. The file comes from storage or, until it is
 * saved, from Replicate. Throws `not_found` if the URL is not signed or has expired, if the file was deleted, or if the owner of
 * the file is blocked or has deleted the account.
 */
export async function serveOutput(request: Request, predictionId: string, position: number): Promise<Response> {
  requireSignedUrl("output", request);
  const [row, media] = await Promise.all([findOpenPrediction(predictionId), findOutputMedia(predictionId, position)]);
  if (!row || position in row.deleted_images) notFound();
  if (media) return respondWithMedia(request, media, true);
  const url = isOutputExpired(row) ? undefined : outputFiles(row.output, row.links)[position];
  return url === undefined ? notFound() : respondWithUnsaved(request, url);
}
