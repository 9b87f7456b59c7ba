import "server-only";
import { mediaPath, parseMediaPath } from "@/lib/media/media-urls";
import { outputFiles, replaceFiles } from "@/lib/media/output-files";
import type { MediaRow } from "@/lib/media/schema";
import type { PredictionRow } from "@/lib/predictions/rows";
import { outputUrl, streamUrl, uploadUrl } from "./file-urls";

/** A saved file that an input names. */
export type InputMedia = Pick<MediaRow, "id" | "prediction_id" | "position" | "storage_path">;
type Row = PredictionRow & { webhook?: string | null; webhook_events?: string[] | null };

/**
 * Returns a prediction in the format of Replicate's API. All its URLs are on `origin`. The URLs of files are signed and valid for
 * a day. `media`: the saved files that the input names. If the input names a file that is not among them, for example a deleted
 * one, the URL of this file leads to a 404.
 */
export function toReplicatePrediction(row: Row, media: InputMedia[], origin: string) {
  const self = `${origin}/api/v1/predictions/${row.id}`;
  return {
    id: row.id,
    model: row.model,
    // Official models have no version. Replicate says so with this text.
    version: row.version ?? "hidden",
    input: inputOf(row, media, origin),
    logs: row.logs,
    output: outputOf(row, origin),
    data_removed: false,
    error: row.error,
    source: "api",
    // Clients know only Replicate's statuses.
    status: row.status === "queued" ? "starting" : row.status,
    created_at: row.created_at,
    ...(row.started_at && { started_at: row.started_at }),
    ...(row.completed_at && { completed_at: row.completed_at }),
    ...(row.deadline && { deadline: row.deadline }),
    ...(row.metrics && { metrics: row.metrics }),
    urls: {
      cancel: `${self}/cancel`,
      get: self,
      ...(row.streams && { stream: streamUrl(origin, row.id) }),
      web: `${origin}/dashboard/history`,
    },
    ...(row.webhook && { webhook: row.webhook }),
    ...(row.webhook_events && { webhook_events_filter: row.webhook_events }),
  };
}
export type GatewayPrediction = ReturnType<typeof toReplicatePrediction>;

function outputOf({ id, output = null, links }: PredictionRow, origin: string): unknown {
  const urls = outputFiles(output, links).map((url, at) => [at, outputUrl(origin, id, at, url)] as const);
  return replaceFiles(output, new Map(urls), links);
}

/** Returns the input as the client sent it, but each file of the user is a signed URL. */
function inputOf({ input }: PredictionRow, media: InputMedia[], origin: string) {
  const sign = (value: unknown): unknown => {
    const file = parseMediaPath(value);
    if (!file) return value;
    if (file.kind === "uploads") return uploadUrl(origin, file.id);
    const saved = media.find(({ id }) => id === file.id);
    if (!saved) return origin + mediaPath(file.id);
    return outputUrl(origin, saved.prediction_id, saved.position, `https://host/${saved.storage_path}`);
  };
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, Array.isArray(value) ? value.map(sign) : sign(value)]),
  );
}
