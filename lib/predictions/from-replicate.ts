import "server-only";
import type { ReplicatePrediction } from "@/lib/replicate/schema";
import { parseProgress } from "./parse-logs";
import type { PredictionUpdate } from "./rows";
import type { ErrorCode } from "./schema";

/** The end of a log is what people and progress bars read; some models write megabytes (characters). */
const LOG_TAIL = 64_000;

/** What Replicate's prediction says about ours. */
export function updateOf(remote: ReplicatePrediction): PredictionUpdate {
  const error = errorText(remote);
  return {
    replicate_id: remote.id,
    status: remote.status,
    logs: clean(remote.logs.slice(-LOG_TAIL)),
    progress: parseProgress(remote.logs, totalSteps(remote)),
    output: storable(remote.output ?? null),
    error: error && clean(error),
    error_code: errorCode(remote, error),
    metrics: remote.metrics ? storableRecord(remote.metrics) : null,
    started_at: remote.started_at ?? null,
    completed_at: remote.completed_at ?? null,
  };
}

/** Postgres stores neither NUL nor halves of surrogate pairs, which models put out and cutting leaves behind. */
function clean(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

function storable(value: unknown): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map(storable);
  return typeof value === "object" && value !== null ? storableRecord(value) : value;
}

function storableRecord(record: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]: [string, unknown]) => [clean(key), storable(value)]),
  );
}

function errorText({ status, error }: ReplicatePrediction): string | null {
  if (typeof error === "string" && error) return error.slice(0, 2000);
  return status === "failed" ? "The model gave no reason." : null;
}

function errorCode({ status }: ReplicatePrediction, error: string | null): ErrorCode | null {
  if (status === "aborted") return "timed_out";
  if (status !== "failed") return null;
  if (/nsfw|sensitive|safety|\bE005\b/i.test(error ?? "")) return "content_rejected";
  return /timed? ?out|\bE6716\b/i.test(error ?? "") ? "timed_out" : "model_failed";
}

function totalSteps({ input }: ReplicatePrediction): number | undefined {
  const steps = input?.["num_inference_steps"];
  return typeof steps === "number" ? steps : undefined;
}
