import { z } from "zod";
import { Media } from "@/lib/media/schema";

/** Replicate's status words, and `queued`: accepted here, Replicate said "too many", sent again when it allows. */
export const Status = z.enum(["queued", "starting", "processing", "succeeded", "failed", "canceled", "aborted"]);
export type Status = z.infer<typeof Status>;

/** Why a prediction failed, for words and remedies; `error` holds the full sentence. */
export const ErrorCode = z.enum([
  "content_rejected",
  "model_failed",
  "provider_refused",
  "provider_unreachable",
  "timed_out",
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/**
 * Why files of a succeeded prediction are not in our storage. `dropped`: all that came are, but fewer came than were asked
 * for.
 */
export const SaveError = z.enum(["empty_output", "unsupported_output", "too_large", "expired", "retrying", "dropped"]);
export type SaveError = z.infer<typeof SaveError>;

/** A prediction as the API shows it: Replicate's own shape, and what happened to its files here. */
export const Prediction = z.object({
  id: z.uuid(),
  model: z.string(),
  version: z.string().nullable(),
  tool: z.string().nullable(),
  parent_image_id: z.uuid().nullable(),
  input: z.record(z.string(), z.unknown()),
  status: Status,
  /** Replicate's output; each file's URL is replaced by ours once it is kept. */
  output: z.unknown(),
  error: z.string().nullable(),
  error_code: ErrorCode.nullable(),
  logs: z.string(),
  /** 0 to 1, read from the model's log; null when the log gives none. */
  progress: z.number().nullable(),
  metrics: z.record(z.string(), z.unknown()).nullable(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  completed_at: z.string().nullable(),
  /** While queued: when Replicate is asked again. */
  queued_until: z.string().nullable(),
  /** When Replicate deletes the files that are not kept yet. */
  output_expires_at: z.string().nullable(),
  /** When every output file was in our storage. */
  saved_at: z.string().nullable(),
  save_error: SaveError.nullable(),
  images: z.array(Media),
  urls: z.object({ get: z.string(), cancel: z.string() }),
});
export type Prediction = z.infer<typeof Prediction>;

/** What is left of today, as GET /api/usage shows it. */
export type Usage = {
  images: { limit: number; used: number; left: number };
  in_flight: { limit: number; used: number };
  resets_at: string;
};

/** The body of POST /api/replicate. */
export const NewPrediction = z.strictObject({
  model: z.string().max(200).optional(),
  input: z.record(z.string().max(100), z.unknown()),
  tool: z.string().max(50).optional(),
  parent: z.uuid().optional(),
});
export type NewPrediction = z.infer<typeof NewPrediction>;

/** What both Postgres and JavaScript take for a day, and its neighbours too. */
const Day = z.iso.date().refine((day) => day >= "2000-01-01" && day < "3000-01-01");

/** What of the history is looked for. Whatever cannot be looked for is left out, since it stands in the address. */
export const HistoryFilter = z.object({
  /** The words of the column `outcome`. */
  status: z.enum(["running", "saved", "failed", "canceled"]).optional().catch(undefined),
  model: z
    .string()
    .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/)
    .optional()
    .catch(undefined),
  /** The first and the last day (UTC). */
  from: Day.optional().catch(undefined),
  to: Day.optional().catch(undefined),
});
export type HistoryFilter = z.infer<typeof HistoryFilter>;

/** What was asked for, what of it failed, the images that were kept, and the model's own time (s). */
export type Total = { predictions: number; failed: number; images: number; seconds: number };
export type DayTotal = Total & { day: string };
export type ModelTotal = Total & { model: string };
