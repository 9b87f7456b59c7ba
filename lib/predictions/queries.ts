import "server-only";
import type { SupabaseClient } from "@supabase/supabase-js";
import { z } from "zod";
import { newestFirst, pageOf, selectPage } from "@/lib/cursor";
import type { HistoryFilter } from "@/lib/history/schema";
import { mediaPath } from "@/lib/media/media-urls";
import { isOutputExpired, replaceFiles } from "@/lib/media/output-files";
import { MediaRow } from "@/lib/media/schema";
import { serializeMedia } from "@/lib/media/serialize";
import { unwrap } from "@/lib/supabase/result";
import { createUserClient } from "@/lib/supabase/user-client";
import { withProgress } from "./live-updates/hold-progress";
import { PredictionRow } from "./rows";
import { Prediction } from "./schema";
import { WORDS_TOOLS } from "./status";

const WITH_IMAGES = "*, images:sdxl_images!sdxl_images_prediction_id_fkey(*)";
const Row = PredictionRow.extend({ images: z.array(MediaRow) });
type Row = z.infer<typeof Row>;
/** The condition for predictions that run or are being saved. The index `predictions_running` has the same condition. */
const RUNNING = "status.in.(queued,starting,processing),and(status.eq.succeeded,next_at.not.is.null)";
const MAX_RUNNING = 100;

/** The columns that the API returns unchanged. */
const Shown = Prediction.omit({ output: true, queued_until: true, images: true, urls: true });

/** A value and its ETag. The ETag changes when the value changes. */
export type Tagged<Value> = { value: Value; etag: string };

/** Returns a prediction. Returns null if it does not exist or belongs to another user. `client` has the rights of the caller. */
export async function getPrediction(client: SupabaseClient, id: string): Promise<Tagged<Prediction> | null> {
  const result = await client.from("predictions").select(WITH_IMAGES).eq("id", id).maybeSingle();
  const known = Row.nullable().parse(unwrap(result));
  const row = known && withProgress(known);
  return row && { value: serializePrediction(row, row.images), etag: `"${row.revision}.${progressOf(row)}"` };
}

/** A user's predictions that are running or being saved, newest first. */
export type Running = Tagged<Prediction[]> & { rows: Row[] };

/**
 * Returns the running predictions of the user of the client. If possible, puts the `changed` row into the previous value
 * (`before`), because that is faster than a query.
 */
export async function readRunning(
  client: SupabaseClient,
  changed: PredictionRow | null,
  before: Running | null,
): Promise<Running> {
  const rows = (changed && before && withChange(before.rows, changed)) ?? (await listRunning(client));
  const etag = `"${rows.map((row) => `${shortTag(row)}.${progressOf(row)}`).join("-")}"`;
  return { rows, value: rows.map((row) => serializePrediction(row, row.images)), etag };
}

/**
 * Returns `rows`, in which the changed row replaces its older version. Returns null if a query is needed: `rows` does not contain
 * this row, or has a newer version of it, or some files of the prediction may have been saved.
 */
function withChange(rows: Row[], changed: PredictionRow): Row[] | null {
  const index = rows.findIndex((row) => row.id === changed.id);
  const known = rows[index];
  if (!known || known.status === "succeeded" || known.revision > changed.revision) return null;
  return rows.with(index, withProgress({ ...changed, images: known.images }));
}

async function listRunning(client: SupabaseClient): Promise<Row[]> {
  const query = client.from("predictions").select(WITH_IMAGES).or(RUNNING);
  return parseRows(await newestFirst(query).limit(MAX_RUNNING));
}

/**
 * Returns the ETag of the newest predictions of the client's user, at most `limit`. The ETag changes when one of these
 * predictions changes or a new one starts.
 */
export async function getNewestTag(client: SupabaseClient, limit: number): Promise<string> {
  const query = client.from("predictions").select("id, revision");
  const result = await newestFirst(query).limit(limit);
  const rows = z.array(PredictionRow.pick({ id: true, revision: true })).parse(unwrap(result));
  return `"${rows.map(shortTag).join("-")}"`;
}

function shortTag({ id, revision }: Pick<Row, "id" | "revision">) {
  return `${id.slice(0, 8)}.${revision}`;
}

/**
 * Returns a number that grows with the progress and the logs. The ETag needs it, because the progress and the logs do not change
 * the revision.
 */
function progressOf({ logs, progress }: Row): number {
  return logs.length + Math.round((progress ?? 0) * 1e6);
}

/** Matches the parts of an ETag that only say how far a prediction has progressed. */
const PROGRESS = /\.\d+(?=[-"])/g;

/**
 * Returns the function `isNews` for a long poll. `known` is the ETag of the client's copy. If only the progress differs, this
 * is news only at a tick, and only if there is more progress. There may be less progress, because the client's copy may come
 * from another server, which had newer progress in its memory.
 */
export function newsSince(known: string | null) {
  return ({ etag }: Tagged<unknown>, isTick: boolean): boolean => {
    if (known?.replace(PROGRESS, "") !== etag.replace(PROGRESS, "")) return true;
    const before = known.match(PROGRESS) ?? [];
    const now = etag.match(PROGRESS) ?? [];
    return isTick && now.some((part, index) => Number(part.slice(1)) > Number(before[index]?.slice(1)));
  };
}

type Options = {
  cursor?: string | undefined;
  limit?: number;
  filter?: HistoryFilter;
  /** Leaves out the predictions that the feed does not show. */
  isFeed?: boolean;
  client?: SupabaseClient;
};

/**
 * Returns a page of a user's predictions, newest first, and the cursor of the next page (`next`). An invalid cursor is ignored.
 */
export async function listPredictions(
  userId: string,
  { cursor, limit = 30, filter = {}, isFeed = false, client }: Options = {},
): Promise<{ results: Prediction[]; next: string | null }> {
  const supabase = client ?? (await createUserClient());
  let query = supabase.from("predictions").select(WITH_IMAGES).eq("user_id", userId);
  if (filter.status) query = query.eq("outcome", filter.status);
  if (filter.model) query = query.eq("model", filter.model);
  if (isFeed) query = query.or(`tool.is.null,tool.not.in.(${WORDS_TOOLS.join()})`);
  const result = await selectPage(query, { cursor, from: filter.from, to: filter.to, limit });
  const { rows, next } = pageOf(parseRows(result), limit);
  return { results: rows.map((row) => serializePrediction(row, row.images)), next };
}

/** Returns all models that the signed-in user has used, sorted. */
export async function listUsedModels(): Promise<string[]> {
  const supabase = await createUserClient();
  return z.array(z.string()).parse(unwrap(await supabase.rpc("history_models")));
}

/**
 * Returns the last prompts of the signed-in user, newest first and without repetitions. Only the user's last ten thousand
 * predictions are read.
 */
export async function listRecentPrompts(limit: number): Promise<string[]> {
  const supabase = await createUserClient();
  return z.array(z.string()).parse(unwrap(await supabase.rpc("recent_prompts", { p_limit: limit })));
}

function parseRows(result: Parameters<typeof unwrap>[0]) {
  return z.array(Row).parse(unwrap(result)).map(withProgress);
}

/** Converts a row to the format of the API. In the output, saved files have our own URLs, which do not expire. */
export function serializePrediction(row: PredictionRow, imageRows: MediaRow[]): Prediction {
  const images = imageRows.map(serializeMedia).sort((a, b) => a.position - b.position);
  // In the output, deleted media keep our own URL, which responds with 404.
  const deleted = Object.entries(row.deleted_images).map(([at, id]) => [Number(at), mediaPath(id)] as const);
  const urls = new Map([...images.map(({ position, url }) => [position, url] as const), ...deleted]);
  const self = `/api/replicate/${row.id}`;
  return {
    ...Shown.parse(row),
    // `too_many` means that more files can still be saved. When Replicate has deleted the files, an hour after completion,
    // this is no longer possible, so the value becomes `expired`.
    save_error: row.save_error === "too_many" && isOutputExpired(row) ? "expired" : row.save_error,
    // After the last check of a provisional prediction, its status is shown as final, because the files of a later result
    // could no longer be saved.
    provisional: row.provisional && row.next_at !== null,
    output: replaceFiles(row.output ?? null, urls, row.links),
    queued_until: row.status === "queued" ? row.next_at : null,
    images,
    urls: { get: self, cancel: self },
  };
}
