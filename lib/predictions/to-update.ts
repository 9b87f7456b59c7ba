import "server-only";
import { LRUCache } from "lru-cache";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { outputFiles, outputLinks } from "@/lib/media/output-files";
import { storableText } from "@/lib/replicate/limit-json";
import type { ReplicatePrediction } from "@/lib/replicate/schema";
import { parseProgress } from "./parse-logs";
import type { PredictionRow } from "./rows";
import { Status, type ErrorCode } from "./schema";

/** Only this many characters at the end of the logs are saved, because some models write megabytes. */
const MAX_LOGS = 64_000;
/** The highest possible run time (s) and number of tokens. A higher value must be a mistake, and is ignored. */
const MAX_SECONDS = 1e6;
const MAX_TOKENS = 1e9;
/** The unknown statuses that this process has already logged. */
const reported = new LRUCache<string, true>({ max: 100 });

/** A change of a row: the parameter `p_update` of the SQL function `update_prediction`. */
export type PredictionUpdate = Pick<PredictionRow, "status"> &
  Partial<Pick<PredictionRow, "provisional"> & ReturnType<typeof toUpdate>>;

/** Converts a prediction of Replicate to an update of its row. */
export function toUpdate(remote: ReplicatePrediction) {
  const status = toStatus(remote);
  const error = getErrorText(status, remote.error);
  const logs = remote.logs ?? "";
  const steps = remote.input?.["num_inference_steps"];
  const links = outputLinks(remote.output, env().REPLICATE_DELIVERY_ORIGINS);
  const { predict_time, input_token_count, output_token_count } = remote.metrics ?? {};
  return {
    replicate_id: remote.id,
    status,
    logs: storableText(logs.slice(-MAX_LOGS)),
    progress: parseProgress(logs, typeof steps === "number" ? steps : undefined),
    output: remote.output ?? null,
    output_cut: remote.output_cut,
    links,
    file_count: outputFiles(remote.output, links).length,
    error: error && storableText(error),
    error_code: getErrorCode(status, error),
    metrics: remote.metrics ?? null,
    predict_time: numberBelow(MAX_SECONDS, predict_time),
    input_tokens: numberBelow(MAX_TOKENS, input_token_count),
    output_tokens: numberBelow(MAX_TOKENS, output_token_count),
    started_at: remote.started_at ?? null,
    completed_at: remote.completed_at ?? null,
  };
}

function numberBelow(limit: number, value: unknown): number | null {
  return typeof value === "number" && value >= 0 && value < limit ? value : null;
}

/**
 * Returns Replicate's status. Returns `starting` instead of an unknown status: `starting` is not final, so the prediction is
 * polled until its status is final.
 */
function toStatus({ id, status }: ReplicatePrediction): Status {
  const known = Status.exclude(["queued"]).safeParse(status).data;
  if (known) return known;
  if (!reported.has(status)) log.error("unknown_status", { replicate_id: id, status });
  reported.set(status, true);
  return "starting";
}

function getErrorText(status: Status, error: unknown): string | null {
  if (typeof error === "string" && error) return error.slice(0, 2000);
  return status === "failed" ? "The model gave no reason." : null;
}

function getErrorCode(status: Status, error: string | null): ErrorCode | null {
  if (status === "aborted") return "timed_out";
  if (status !== "failed") return null;
  if (/nsfw|sensitive|safety|\bE005\b/i.test(error ?? "")) return "content_rejected";
  return /timed? ?out|\bE6716\b/i.test(error ?? "") ? "timed_out" : "model_failed";
}
