import "server-only";
import { z } from "zod";
import { withoutBytes } from "@/lib/media/output";
import { adminClient } from "@/lib/supabase/admin";
import { Timestamp, unwrap } from "@/lib/supabase/result";
import { publishChange } from "./events";
import { ErrorCode, SaveError, Status } from "./schema";

/** A row of `predictions`, as the database has it. */
export const PredictionRow = z.object({
  id: z.uuid(),
  user_id: z.uuid(),
  replicate_id: z.string().nullable(),
  request_hash: z.string(),
  model: z.string(),
  version: z.string().nullable(),
  tool: z.string().nullable(),
  parent_image_id: z.uuid().nullable(),
  input: z.record(z.string(), z.unknown()),
  image_count: z.int(),
  status: Status,
  error: z.string().nullable(),
  error_code: ErrorCode.nullable(),
  logs: z.string(),
  progress: z.number().nullable(),
  output: z.unknown(),
  metrics: z.record(z.string(), z.unknown()).nullable(),
  output_expires_at: Timestamp.nullable(),
  saved_at: Timestamp.nullable(),
  save_error: SaveError.nullable(),
  /** The ids of images that were deleted, by position. */
  deleted_images: z.record(z.string(), z.uuid()),
  sent_at: Timestamp.nullable(),
  cancel_requested_at: Timestamp.nullable(),
  lease_token: z.uuid().nullable(),
  lease_until: Timestamp.nullable(),
  attempts: z.int(),
  next_at: Timestamp.nullable(),
  revision: z.int(),
  created_at: Timestamp,
  started_at: Timestamp.nullable(),
  completed_at: Timestamp.nullable(),
});
export type PredictionRow = z.infer<typeof PredictionRow>;

/** What `update_prediction` takes over: Replicate's fields, and our reading of them. */
export type PredictionUpdate = {
  status: Status;
  replicate_id?: string;
  logs?: string;
  progress?: number | null;
  output?: unknown;
  error?: string | null;
  error_code?: ErrorCode | null;
  metrics?: Record<string, unknown> | null;
  started_at?: string | null;
  completed_at?: string | null;
};

const Started = z.object({
  outcome: z.enum([
    "created",
    "replayed",
    "mismatch",
    "quota_exceeded",
    "in_flight_limit",
    "rate_limited",
    "spend_cap",
  ]),
  prediction: PredictionRow.optional(),
  /** Seconds. */
  retry_after: z.number().optional(),
});

/** Calls the SQL function of that name with the secret key. Its contract is written where it is defined. */
async function call(name: string, parameters: object): Promise<unknown> {
  return unwrap(await adminClient().rpc(name, parameters));
}

/** The same for a function that answers with the row it changed, or with none; whoever waits for the row is told. */
async function change(name: string, parameters: object): Promise<PredictionRow | null> {
  const [row] = z
    .array(PredictionRow)
    .max(1)
    .parse(await call(name, parameters));
  if (row) publishChange(row);
  return row ?? null;
}

export type StartRequest = Pick<
  PredictionRow,
  "id" | "user_id" | "request_hash" | "model" | "version" | "tool" | "parent_image_id" | "input" | "image_count"
> & { idempotency_key: string; lease_seconds: number };

/** Null: no limit. */
export type StartLimits = {
  in_flight: number;
  per_minute: number;
  daily_per_user: number;
  daily_per_new_user: number;
  daily_total: number | null;
};

export async function startRow(request: StartRequest, limits: StartLimits) {
  return Started.parse(await call("start_prediction", { p_request: request, p_limits: limits }));
}

/** The row, leased to the caller for `seconds`; null when it is not due or somebody else has it. */
export async function claim(id: string, seconds: number): Promise<PredictionRow | null> {
  const parameters = { p_id: id, p_lease_seconds: seconds };
  const [row] = z
    .array(PredictionRow)
    .max(1)
    .parse(await call("claim_prediction", parameters));
  return row ?? null;
}

/** False: the lease was lost or the prediction canceled; the create request must not leave. */
export async function markSent(row: PredictionRow): Promise<boolean> {
  return z.boolean().parse(await call("mark_prediction_sent", { p_id: row.id, p_lease: row.lease_token }));
}

/** `nextIn` (s): when Replicate is asked again. */
export function queue(row: { id: string; lease_token: string | null }, nextIn: number) {
  return change("queue_prediction", { p_id: row.id, p_lease: row.lease_token, p_next_in: nextIn });
}

/** Moves the row forward, never back. `nextIn` (s): when somebody must look again if it has not ended. */
export function apply(row: { id: string; lease_token: string | null }, update: PredictionUpdate, nextIn: number) {
  return change("update_prediction", { p_id: row.id, p_lease: row.lease_token, p_update: update, p_next_in: nextIn });
}

/** Gives the lease back. `nextIn` (s) null: nothing is left to do. */
export function release(row: PredictionRow, nextIn: number | null, saveError: SaveError | null) {
  return change("release_prediction", {
    p_id: row.id,
    p_lease: row.lease_token,
    p_next_in: nextIn,
    p_save_error: saveError,
  });
}

export function requestCancel(id: string, userId: string) {
  return change("request_cancel", { p_id: id, p_user: userId });
}

/** Gives the lease back without counting the attempt: our own storage does not work. `nextIn` in s. */
export function postpone(row: PredictionRow, nextIn: number, saveError: SaveError) {
  return change("postpone_prediction", {
    p_id: row.id,
    p_lease: row.lease_token,
    p_next_in: nextIn,
    p_save_error: saveError,
  });
}

/** Null: a file is missing, or the lease was lost. */
export function finishSaving(row: PredictionRow, files: number) {
  return change("mark_prediction_saved", {
    p_id: row.id,
    p_lease: row.lease_token,
    p_files: files,
    p_output: { value: withoutBytes(row.output) },
  });
}

/** Notes that this instance looks after what nobody else finishes. */
export async function noteSweep(): Promise<void> {
  await call("record_heartbeat", { p_name: "sweep" });
}

/** Median seconds from create to completion of the model's last predictions; null: none yet. */
export async function typicalSeconds(model: string): Promise<number | null> {
  return z
    .number()
    .nullable()
    .parse(await call("typical_seconds", { p_model: model }));
}

export async function findRow(id: string): Promise<PredictionRow | null> {
  const answer = await adminClient().from("predictions").select().eq("id", id).maybeSingle();
  return PredictionRow.nullable().parse(unwrap(answer));
}

/** The row that this person started with this Idempotency-Key. */
export async function findByKey(userId: string, key: string): Promise<PredictionRow | null> {
  const rows = adminClient().from("predictions").select().eq("user_id", userId).eq("idempotency_key", key);
  return PredictionRow.nullable().parse(unwrap(await rows.maybeSingle()));
}

/** The ids of at most `limit` rows that somebody must look at now, those that have succeeded or the others; the longest due first. */
export async function listDue(limit: number, haveSucceeded: boolean): Promise<string[]> {
  return z.array(z.uuid()).parse(await call("list_due_predictions", { p_limit: limit, p_succeeded: haveSucceeded }));
}
