import "server-only";
import { z } from "zod";
import { newestFirst } from "@/lib/cursor";
import { getRunLimits, Rejected } from "@/lib/limits/run-limit-errors";
import { withoutBytes } from "@/lib/media/output-files";
import type { PricedRun } from "@/lib/models/prices/cost-by-price";
import { adminClient } from "@/lib/supabase/admin-client";
import { Timestamp, unwrap } from "@/lib/supabase/result";
import { publishChange } from "./live-updates/publish-change";
import type { PredictionUpdate } from "./to-update";
import { Prediction, type SaveError, WebhookEvent } from "./schema";

/** A row of `predictions`: the fields of the API, and fields that only the server uses. */
export const PredictionRow = Prediction.omit({ queued_until: true, images: true, urls: true }).extend({
  user_id: z.uuid(),
  replicate_id: z.string().nullable(),
  /** Whether a part of the output is missing, because it was too large or nested too deeply: see `limitJson`. */
  output_cut: z.boolean(),
  unreadable_responses: z.int(),
  request_hash: z.string(),
  image_count: z.int(),
  counted_images: z.int(),
  max_usd: z.number(),
  price: z.record(z.string(), z.unknown()).nullable(),
  counted_usd: z.number(),
  /** Whether the user asked to save all files, even those above the limit. */
  save_all: z.boolean(),
  /** The ids of deleted media. Each key is the position of the file in the output. */
  deleted_images: z.record(z.string(), z.uuid()),
  output_expires_at: Timestamp.nullable(),
  saved_at: Timestamp.nullable(),
  sent_at: Timestamp.nullable(),
  cancel_requested_at: Timestamp.nullable(),
  /** The time by which the prediction must end, if its client set one. */
  deadline: Timestamp.nullable(),
  /** Whether the version makes text piece by piece, so that the output can be streamed. */
  streams: z.boolean(),
  /** The URL to which changes are sent. Null: no changes are sent. */
  webhook: z.string().nullable(),
  /** The kinds of changes that are sent. Null: all kinds. */
  webhook_events: z.array(WebhookEvent).nullable(),
  lease_token: z.uuid().nullable(),
  lease_until: Timestamp.nullable(),
  attempts: z.int(),
  next_at: Timestamp.nullable(),
  created_at: Timestamp,
  started_at: Timestamp.nullable(),
  completed_at: Timestamp.nullable(),
});
export type PredictionRow = z.infer<typeof PredictionRow>;

/**
 * A new row. The caller chooses `id`, which is also the token of the first lease. `cancel_after`: the seconds after which the
 * prediction must end, or null. The limits of the API key `key_id` apply to the prediction.
 */
export type NewRow = Pick<PredictionRow, "id" | "user_id" | "request_hash" | "model" | "version" | "tool" | "input"> &
  Pick<PredictionRow, "parent_image_id" | "image_count" | "streams"> &
  Partial<Pick<PredictionRow, "webhook" | "webhook_events">> &
  PricedRun & { idempotency_key: string; lease_seconds: number; cancel_after?: number | null; key_id?: string | null };

const Inserted = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.enum(["created", "replayed"]), prediction: PredictionRow }),
  Rejected,
]);

type Lease = Pick<PredictionRow, "id" | "lease_token">;

/** Checks the limits and inserts a prediction, in one transaction. Returns the outcome. A new row is leased to the caller. */
export async function insertRow(row: NewRow) {
  return Inserted.parse(await call("start_prediction", { p_request: row, p_limits: getRunLimits() }));
}

/** Leases the row to the caller for `seconds`. Returns null if it is not due, or if another server has the lease. */
export async function claimLease(id: string, seconds: number): Promise<PredictionRow | null> {
  return parseRow(await call("claim_prediction", { p_id: id, p_lease_seconds: seconds }));
}

/** Marks a queued row as sent. Returns false if it must not be sent: the lease was lost, or the prediction was canceled. */
export async function markSent({ id, lease_token }: Lease): Promise<boolean> {
  return z.boolean().parse(await call("mark_prediction_sent", { p_id: id, p_lease: lease_token }));
}

/**
 * Queues a prediction that Replicate has not accepted. The row is due after `delay` (s). If `isThrottled` (Replicate responded
 * with 429), it is due at its turn: see the SQL function `take_turn`.
 */
export function queuePrediction(lease: Lease, delay: number, isThrottled = false) {
  return changeLeased("queue_prediction", lease, { p_next_in: delay, p_throttled: isThrottled });
}

/**
 * After Replicate has rejected a request for this row with 429, releases the lease and counts no attempt. The row is due at
 * its turn, after `delay` (s) or later: see the SQL function `take_turn`.
 */
export function waitForTurn(lease: Lease, delay: number) {
  return changeLeased("throttle_prediction", lease, { p_wait: delay });
}

/**
 * Applies an update, and returns the row or null. The update never sets an earlier status, unless the present status is
 * provisional. While the prediction runs or is provisional, the row is due again after `delay` (s). If `delay` is null, a
 * provisional row is not due again.
 */
export function applyUpdate(lease: Lease, update: PredictionUpdate, delay: number | null) {
  return changeLeased("update_prediction", lease, { p_update: update, p_next_in: delay });
}

/**
 * Releases the lease and counts the attempt. The row is due again after `delay` (s). If `delay` is null, the row is never due
 * again. `isUnreadable`: Replicate's response could not be understood.
 */
export function releaseLease(lease: Lease, delay: number | null, saveError: SaveError | null, isUnreadable = false) {
  const parameters = { p_next_in: delay, p_save_error: saveError, p_unreadable: isUnreadable };
  return changeLeased("release_prediction", lease, parameters);
}

/**
 * Like `releaseLease`, but counts no attempt. Use this if our own storage or disk failed or is full, or if the row cannot be sent
 * now.
 */
export function postponeRow(lease: Lease, delay: number, saveError: SaveError | null) {
  return changeLeased("postpone_prediction", lease, { p_next_in: delay, p_save_error: saveError });
}

/** Marks the output as saved. `files` is the number of its files. Returns null if a file is missing or the lease was lost. */
export function markSaved(row: PredictionRow, files: number, saveError: SaveError | null) {
  const output = { value: withoutBytes(row.output) };
  return changeLeased("mark_prediction_saved", row, { p_files: files, p_output: output, p_save_error: saveError });
}

/** Records the user's cancel request, and returns the row. Returns null if the user has no such prediction. */
export function requestCancel(id: string, userId: string) {
  return change("request_cancel", { p_id: id, p_user: userId });
}

/** Allows all files to be saved, even those above the limit. Returns the row, or null if the user has no such prediction. */
export function requestSave(id: string, userId: string) {
  return change("request_save", { p_id: id, p_user: userId });
}

/** Records the time of a sweep or of a webhook, for the health check and for administrators. */
export async function recordHeartbeat(name: "sweep" | "webhook"): Promise<void> {
  await call("record_heartbeat", { p_name: name });
}

/** Returns the ids of at most `limit` due predictions, the longest due first: succeeded ones (`haveSucceeded`), or all others. */
export async function listDueIds(limit: number, haveSucceeded: boolean): Promise<string[]> {
  return z.array(z.uuid()).parse(await call("list_due_predictions", { p_limit: limit, p_succeeded: haveSucceeded }));
}

export async function findRow(id: string): Promise<PredictionRow | null> {
  return parseRow(unwrap(await adminClient().from("predictions").select().eq("id", id)));
}

/** Returns the row of the user's request with this idempotency key, or null. */
export async function findRowByKey(userId: string, key: string): Promise<PredictionRow | null> {
  const rows = adminClient().from("predictions").select().eq("user_id", userId).eq("idempotency_key", key);
  return parseRow(unwrap(await rows));
}

/** Returns the user's newest row that was created after `since` for the request with this hash, or null. */
export async function findNewestRow(userId: string, requestHash: string, since: Date): Promise<PredictionRow | null> {
  const rows = adminClient().from("predictions").select().eq("user_id", userId).eq("request_hash", requestHash);
  return parseRow(unwrap(await newestFirst(rows.gte("created_at", since.toISOString())).limit(1)));
}

/** Calls an SQL function of supabase/migrations. Throws the errors of `unwrap`. */
async function call(name: string, parameters: object): Promise<unknown> {
  return unwrap(await adminClient().rpc(name, parameters));
}

/** Calls an SQL function that changes at most one row. Publishes and returns this row, or returns null. */
async function change(name: string, parameters: object): Promise<PredictionRow | null> {
  const row = parseRow(await call(name, parameters));
  if (row) publishChange(row);
  return row;
}

/**
 * Changes a row under its lease, or without a lease if `lease_token` is null. Returns null if the SQL function returns no row,
 * for example because the lease was lost.
 */
function changeLeased(name: string, { id, lease_token }: Lease, parameters: object) {
  return change(name, { p_id: id, p_lease: lease_token, ...parameters });
}

function parseRow(rows: unknown): PredictionRow | null {
  return z.array(PredictionRow).max(1).parse(rows)[0] ?? null;
}
