import "server-only";
import { replaceFiles } from "@/lib/media/output";
import { mediaPath } from "@/lib/media/paths";
import type { MediaRow } from "@/lib/media/schema";
import { serializeMedia } from "@/lib/media/serialize";
import type { PredictionRow } from "./rows";
import type { Prediction } from "./schema";

/** A row as the API shows it. In the output, saved files have our own URLs, which do not expire. */
export function serializePrediction(row: PredictionRow, imageRows: MediaRow[]): Prediction {
  const images = imageRows.map(serializeMedia).sort((a, b) => a.position - b.position);
  // Deleted media keep their URL, which answers 404.
  const deleted = Object.entries(row.deleted_images).map(([at, id]) => [Number(at), mediaPath(id)] as const);
  const urls = new Map([...images.map(({ position, url }) => [position, url] as const), ...deleted]);
  const self = `/api/replicate/${row.id}`;
  return {
    id: row.id,
    model: row.model,
    version: row.version,
    tool: row.tool,
    parent_image_id: row.parent_image_id,
    input: row.input,
    status: row.status,
    output: replaceFiles(row.output ?? null, urls),
    error: row.error,
    error_code: row.error_code,
    logs: row.logs,
    progress: row.progress,
    metrics: row.metrics,
    created_at: row.created_at,
    started_at: row.started_at,
    completed_at: row.completed_at,
    queued_until: row.status === "queued" ? row.next_at : null,
    output_expires_at: row.output_expires_at,
    saved_at: row.saved_at,
    save_error: row.save_error,
    images,
    urls: { get: self, cancel: self },
  };
}
