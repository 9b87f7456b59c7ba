import "server-only";
import type { SupabaseClient } from "@supabase/supabase-js";
import { z } from "zod";
import { cursorTime, afterCursorFilter, pageOf } from "@/lib/cursor";
import { MediaRow } from "@/lib/media/schema";
import { unwrap } from "@/lib/supabase/result";
import { createUserClient } from "@/lib/supabase/user-client";
import { present } from "./serialize";
import { PredictionRow } from "./rows";
import type { HistoryFilter, Prediction } from "./schema";

const WITH_IMAGES = "*, images:sdxl_images!sdxl_images_prediction_id_fkey(*)";
const Row = PredictionRow.extend({ images: z.array(MediaRow) });
type Row = z.infer<typeof Row>;
/** The rows of the partial index `predictions_running`. */
const RUNNING = "status.in.(queued,starting,processing),and(status.eq.succeeded,next_at.not.is.null)";
const MOST_RUNNING = 100;

/** What is read, and a tag that changes whenever it does. */
export type Tagged<Value> = { value: Value; etag: string };

/** The caller's prediction; null when there is none of that id, or it is somebody else's. */
export async function getPrediction(client: SupabaseClient, id: string): Promise<Tagged<Prediction> | null> {
  const row = Row.nullable().parse(
    unwrap(await client.from("predictions").select(WITH_IMAGES).eq("id", id).maybeSingle()),
  );
  return row && { value: present(row, row.images), etag: `"${row.revision}"` };
}

/** All of a person's predictions that are running or being saved, newest first. */
export type Running = Tagged<Prediction[]> & { rows: Row[] };

/**
 * Looks at what is running of the caller's. A change that is shown to the look is put into what was found before and not
 * read again: this is how a finished image gets to the screen without delay.
 */
export function lookAtRunning(client: SupabaseClient, userId: string) {
  return async (changed: PredictionRow | null, before: Running | null): Promise<Running> => {
    const rows = (changed && before && withChange(before.rows, changed)) ?? (await readRunning(client, userId));
    return { rows, value: rows.map((row) => present(row, row.images)), etag: tagOf(rows) };
  };
}

/** Null when only the database can tell: the row is new here, or files of it may have been kept since. */
function withChange(rows: Row[], changed: PredictionRow): Row[] | null {
  const at = rows.findIndex((row) => row.id === changed.id);
  const known = rows[at];
  if (!known || known.status === "succeeded" || known.revision > changed.revision) return null;
  return rows.with(at, { ...changed, images: known.images });
}

async function readRunning(client: SupabaseClient, userId: string): Promise<Row[]> {
  return rowsOf(
    await client
      .from("predictions")
      .select(WITH_IMAGES)
      .eq("user_id", userId)
      .or(RUNNING)
      .order("created_at", { ascending: false })
      .order("id", { ascending: false })
      .limit(MOST_RUNNING),
  );
}

/** The tag of the newest so many of the caller's predictions: another when one of them has changed or one was started. */
export async function newestTag(client: SupabaseClient, userId: string, limit: number): Promise<string> {
  const answer = await client
    .from("predictions")
    .select("id, revision")
    .eq("user_id", userId)
    .order("created_at", { ascending: false })
    .order("id", { ascending: false })
    .limit(limit);
  return tagOf(z.array(PredictionRow.pick({ id: true, revision: true })).parse(unwrap(answer)));
}

function tagOf(rows: Pick<Row, "id" | "revision">[]) {
  return `"${rows.map(({ id, revision }) => `${id.slice(0, 8)}.${revision}`).join("-")}"`;
}

type Options = { cursor?: string | undefined; limit?: number; filter?: HistoryFilter; client?: SupabaseClient };

/** A page of the signed-in person's predictions, newest first. A cursor that is not ours begins at the top. */
export async function listPredictions(
  userId: string,
  { cursor, limit = 30, filter = {}, client }: Options = {},
): Promise<{ results: Prediction[]; next: string | null }> {
  const supabase = client ?? (await createUserClient());
  let query = supabase.from("predictions").select(WITH_IMAGES).eq("user_id", userId);
  if (filter.status) query = query.eq("outcome", filter.status);
  if (filter.model) query = query.eq("model", filter.model);
  if (filter.from) query = query.gte("created_at", `${filter.from}T00:00:00.000Z`);
  if (filter.to) query = query.lt("created_at", new Date(Date.parse(filter.to) + 86_400_000).toISOString());
  const [older, moment] = cursor ? [afterCursorFilter(cursor), cursorTime(cursor)] : [];
  if (older) query = query.or(older).lte("created_at", moment);
  const answer = await query
    .order("created_at", { ascending: false })
    .order("id", { ascending: false })
    .limit(limit + 1);
  const { rows, next } = pageOf(rowsOf(answer), limit);
  return { results: rows.map((row) => present(row, row.images)), next };
}

function rowsOf(answer: Parameters<typeof unwrap>[0]) {
  return z.array(Row).parse(unwrap(answer));
}
