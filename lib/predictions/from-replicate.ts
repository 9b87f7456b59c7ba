import { outputFiles } from "@/lib/media/output-files";
import type { ReplicatePrediction } from "@/lib/replicate/schema";
import type { PredictionRow } from "./rows";
import type { ErrorCode } from "./schema";

/** Some models log megabytes; only the end is saved (characters). */
const MAX_LOGS = 64_000;
/** How far from the end of a log to look for the last progress bar (characters). */
const PROGRESS_TAIL = 16_384;
/** A tqdm bar: ` 50%|█████     |`. Accepts only drawing characters, so that a prompt in the log does not match. */
const BAR = /(?<![\d.])(\d{1,3})%\|[ #\d▏▎▍▌▋▊▉█]*\|/g;
const COUNT = /(?<![\d.])(\d+)it \[/g;

/** A change of a row: the parameter `p_update` of the SQL function `update_prediction`. */
export type PredictionUpdate = Pick<PredictionRow, "status"> & Partial<ReturnType<typeof toUpdate>>;

/** Converts a prediction of Replicate to an update of its row. */
export function toUpdate(remote: ReplicatePrediction) {
  const error = getErrorText(remote);
  const steps = remote.input?.["num_inference_steps"];
  return {
    replicate_id: remote.id,
    status: remote.status,
    ...(remote.status === "succeeded" && { image_count: outputFiles(remote.output).length }),
    logs: cleanText(remote.logs.slice(-MAX_LOGS)),
    progress: parseProgress(remote.logs, typeof steps === "number" ? steps : undefined),
    output: cleanValue(remote.output ?? null),
    error: error && cleanText(error),
    error_code: getErrorCode(remote, error),
    metrics: remote.metrics ? cleanRecord(remote.metrics) : null,
    started_at: remote.started_at ?? null,
    completed_at: remote.completed_at ?? null,
  };
}

/**
 * Returns the progress (0 to 1) of the last tqdm bar in a log, or null. `totalSteps` is for bars without a total. A model may
 * show several bars, so progress can decrease; in the row it cannot.
 */
export function parseProgress(logs: string, totalSteps?: number): number | null {
  const tail = logs.slice(-PROGRESS_TAIL);
  const bar = findLastNumber(tail, BAR, 100);
  const count = totalSteps ? findLastNumber(tail, COUNT, Infinity) : null;
  if (count && totalSteps && (!bar || count.at > bar.at)) return Math.min(1, count.value / totalSteps);
  return bar && bar.value / 100;
}

/** Returns the random seed in a log. The first such line counts, because a prompt later in the log may contain another one. */
export function parseSeed(logs: string): number | null {
  const seed = Number(/^Using seed: (\d+)\s*$/m.exec(logs)?.[1] ?? NaN);
  return Number.isSafeInteger(seed) ? seed : null;
}

function findLastNumber(text: string, pattern: RegExp, max: number) {
  let last: { value: number; at: number } | null = null;
  for (const match of text.matchAll(pattern)) {
    const value = Number(match[1]);
    if (value <= max) last = { value, at: match.index };
  }
  return last;
}

/** Postgres cannot store NUL and half surrogate pairs, which models write and truncation can cause. */
function cleanText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

function cleanValue(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  return typeof value === "object" && value !== null ? cleanRecord(value) : value;
}

function cleanRecord(record: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]: [string, unknown]) => [cleanText(key), cleanValue(value)]),
  );
}

function getErrorText({ status, error }: ReplicatePrediction): string | null {
  if (typeof error === "string" && error) return error.slice(0, 2000);
  return status === "failed" ? "The model gave no reason." : null;
}

function getErrorCode({ status }: ReplicatePrediction, error: string | null): ErrorCode | null {
  if (status === "aborted") return "timed_out";
  if (status !== "failed") return null;
  if (/nsfw|sensitive|safety|\bE005\b/i.test(error ?? "")) return "content_rejected";
  return /timed? ?out|\bE6716\b/i.test(error ?? "") ? "timed_out" : "model_failed";
}
