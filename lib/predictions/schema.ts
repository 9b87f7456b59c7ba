import { z } from "zod";
import { Media } from "@/lib/media/schema";

/**
 * Replicate's statuses, and our own status `queued`: the prediction will be sent to Replicate later, for example because
 * Replicate's rate limit was reached.
 */
export const Status = z.enum(["queued", "starting", "processing", "succeeded", "failed", "canceled", "aborted"]);
export type Status = z.infer<typeof Status>;

/** The kinds of changes that can be sent to a client's webhook. These are Replicate's names. */
export const WebhookEvent = z.enum(["start", "output", "logs", "completed"]);

/** Why a prediction failed. `error` has the full message. */
export const ErrorCode = z.enum([
  "content_rejected",
  "model_failed",
  "provider_refused",
  "provider_unreachable",
  "timed_out",
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/**
 * What is wrong with the files of a succeeded prediction. `retrying`: some files are not saved yet, and are tried again.
 * `too_many`: only the first files are saved, until the user asks for all. `dropped`: all files are saved, but the model
 * returned fewer than requested. `damaged`: all files are saved, but some cannot be decoded. Any other value: files are
 * missing and can no longer be saved.
 */
export const SaveError = z.enum([
  "empty_output",
  "unsupported_output",
  "too_large",
  "expired",
  "retrying",
  "too_many",
  "dropped",
  "damaged",
]);
export type SaveError = z.infer<typeof SaveError>;

/**
 * Where `cost_usd` comes from. `price`: the model's price for a run, a file or a token. `time`: the run time, at a known price.
 * `estimate`: the run time, at an estimated price, or the usual cost of a run. `unknown`: the cost is not known. `not_run`: the
 * model never ran.
 */
export const CostBasis = z.enum(["price", "time", "estimate", "unknown", "not_run"]);

/** A prediction in the API: Replicate's fields, and the state of its files in our storage. */
export const Prediction = z.object({
  id: z.uuid(),
  model: z.string(),
  version: z.string().nullable(),
  tool: z.string().nullable(),
  parent_image_id: z.uuid().nullable(),
  input: z.record(z.string(), z.unknown()),
  status: Status,
  /** Whether we set the status ourselves, because Replicate gave no usable response. A late result is still saved. */
  provisional: z.boolean(),
  /** Replicate's output, with our own URL for each saved file. */
  output: z.unknown(),
  /** The URLs in the output that are only text, not files. */
  links: z.array(z.string()),
  error: z.string().nullable(),
  error_code: ErrorCode.nullable(),
  logs: z.string(),
  /** The progress (0 to 1), from the progress bar in the log. Null if there is none. */
  progress: z.number().nullable(),
  metrics: z.record(z.string(), z.unknown()).nullable(),
  /** What the run has cost (US dollars). Null while the prediction runs, and if the cost is not known. */
  cost_usd: z.number().nullable(),
  cost_basis: CostBasis.nullable(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  completed_at: z.string().nullable(),
  /** When a queued prediction will be sent. Null for any other status. */
  queued_until: z.string().nullable(),
  /** When Replicate deletes the prediction's files. */
  output_expires_at: z.string().nullable(),
  /** When the last file was saved. */
  saved_at: z.string().nullable(),
  save_error: SaveError.nullable(),
  images: z.array(Media),
  /** Increases with every change of the prediction or its images, but not with its progress and its logs. */
  revision: z.int(),
  urls: z.object({ get: z.string(), cancel: z.string() }),
});
export type Prediction = z.infer<typeof Prediction>;
