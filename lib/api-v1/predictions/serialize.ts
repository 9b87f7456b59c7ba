import "server-only";
import { mediaPath, parseMediaPath, uploadPath } from "@/lib/media/media-urls";
import { outputFiles, replaceFiles } from "@/lib/media/output-files";
import type { MediaRow } from "@/lib/media/schema";
import type { PredictionRow } from "@/lib/predictions/rows";
import { outputUrl, streamUrl, uploadUrl } from "@/lib/api-v1/signed-file-urls";

/** The files of the user whose paths are in inputs. `media`: the saved output files. `uploads`: the ids of the uploads. */
export type InputFiles = {
  media: Pick<MediaRow, "id" | "prediction_id" | "position" | "storage_path">[];
  uploads: ReadonlySet<string>;
};
type Row = PredictionRow & { webhook?: string | null; webhook_events?: string[] | null };

/**
 * Returns a prediction in the format of Replicate's API. All its URLs are on `origin`. The URLs of files are signed and valid
 * for a day. `files`: the user's files whose paths are in the input. The URL of any other file in the input, such as a deleted
 * file, is not signed.
 */
export function toReplicatePrediction(row: Row, files: InputFiles, origin: string) {
  const self = `${origin}/api/v1/predictions/${row.id}`;
  return {
    id: row.id,
    model: row.model,
    // A prediction of an official model has no version. Replicate's API then contains the text `hidden`.
    version: row.version ?? "hidden",
    input: inputOf(row, files, origin),
    logs: row.logs,
    output: outputOf(row, origin),
    data_removed: false,
    error: row.error,
    source: "api",
    // Replicate's API has no status `queued`.
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
export type ApiV1Prediction = ReturnType<typeof toReplicatePrediction>;

function outputOf({ id, output = null, links }: PredictionRow, origin: string): unknown {
  const urls = outputFiles(output, links).map((url, at) => [at, outputUrl(origin, id, at, url)] as const);
  return replaceFiles(output, new Map(urls), links);
}

/** Returns the input with a signed URL in place of the path of each file of the user. */
function inputOf({ input }: PredictionRow, { media, uploads }: InputFiles, origin: string) {
  const sign = (value: unknown): unknown => {
    const file = parseMediaPath(value);
    if (!file) return value;
    if (uploads.has(file.id)) return uploadUrl(origin, file.id);
    const saved = media.find(({ id }) => id === file.id);
    if (!saved) return origin + (file.kind === "media" ? mediaPath(file.id) : uploadPath(file.id));
    return outputUrl(origin, saved.prediction_id, saved.position, `https://host/${saved.storage_path}`);
  };
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, Array.isArray(value) ? value.map(sign) : sign(value)]),
  );
}
