import "server-only";
import { replaceFiles } from "@/lib/media/output-files";
import { mediaPath } from "@/lib/media/media-urls";
import type { MediaRow } from "@/lib/media/schema";
import { serializeMedia } from "@/lib/media/serialize";
import type { PredictionRow } from "./rows";
import { Prediction } from "./schema";

/** The columns that the API shows unchanged. */
const Shown = Prediction.omit({ output: true, queued_until: true, images: true, urls: true });

/** Formats a row for the API. In the output, saved files have our own URLs, which do not expire. */
export function serializePrediction(row: PredictionRow, imageRows: MediaRow[]): Prediction {
  const images = imageRows.map(serializeMedia).sort((a, b) => a.position - b.position);
  // Deleted media keep their URL, which returns 404.
  const deleted = Object.entries(row.deleted_images).map(([at, id]) => [Number(at), mediaPath(id)] as const);
  const urls = new Map([...images.map(({ position, url }) => [position, url] as const), ...deleted]);
  const self = `/api/replicate/${row.id}`;
  const isExpired = row.output_expires_at !== null && Date.now() > Date.parse(row.output_expires_at);
  return {
    ...Shown.parse(row),
    // The rest can no longer be saved.
    save_error: row.save_error === "too_many" && isExpired ? "expired" : row.save_error,
    // Later, a result could no longer be saved.
    provisional: row.provisional && row.next_at !== null,
    output: replaceFiles(row.output ?? null, urls),
    queued_until: row.status === "queued" ? row.next_at : null,
    images,
    urls: { get: self, cancel: self },
  };
}
