import "server-only";
import { z } from "zod";
import { parseMediaPath } from "@/lib/media/media-urls";
import { MediaRow } from "@/lib/media/schema";
import { withProgress } from "@/lib/predictions/live-updates/hold-progress";
import { PredictionRow } from "@/lib/predictions/rows";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import type { InputMedia } from "@/lib/gateway/serialize";

// A caller with an API key has no session at Supabase, so these queries bypass row level security. Each function must select only
// rows of the user, or must be called only after the signature of a URL was checked.

const PAGE = 100;
/**
 * The columns of a prediction in a list. As at Replicate, the logs are left out, because the logs of a hundred predictions are
 * long.
 */
const COLUMNS = Object.keys(PredictionRow.shape).filter((name) => name !== "logs");
const ListedRow = PredictionRow.extend({ logs: z.string().default("") });
const Media = MediaRow.pick({ id: true, prediction_id: true, position: true, storage_path: true });

/** Returns a prediction of the user with its newest progress. Null if the user has no such prediction. */
export async function findOwnPrediction(userId: string, id: string): Promise<PredictionRow | null> {
  const result = await adminClient().from("predictions").select().eq("id", id).eq("user_id", userId).maybeSingle();
  const row = PredictionRow.nullable().parse(unwrap(result));
  return row && withProgress(row);
}

/**
 * Which predictions to list. `after` and `before` are times: a prediction must be created at `after` or later, and earlier than
 * `before`. `from` is the place from which the page continues: the creation time and the id of a prediction on the page that the
 * client has now. The listed page has the next older predictions or, with `isBack`, the next newer ones.
 */
export type ListQuery = {
  after: string | null;
  before: string | null;
  from: [createdAt: string, id: string] | null;
  isBack: boolean;
};

/** Returns up to a hundred of the user's predictions, newest first and without logs, and whether there are more. */
export async function listOwnPredictions(userId: string, { after, before, from, isBack }: ListQuery) {
  let query = adminClient().from("predictions").select(COLUMNS.join()).eq("user_id", userId);
  if (after) query = query.gte("created_at", after);
  if (before) query = query.lt("created_at", before);
  if (from) {
    const [time, id] = from;
    const side = isBack ? "gt" : "lt";
    query = query.or(`created_at.${side}."${time}",and(created_at.eq."${time}",id.${side}.${id})`);
    // This additional condition makes Postgres start at the right place in the index.
    query = isBack ? query.gte("created_at", time) : query.lte("created_at", time);
  }
  const order = { ascending: isBack };
  const page = await query
    .order("created_at", order)
    .order("id", order)
    .limit(PAGE + 1);
  const found = z.array(ListedRow).parse(unwrap(page));
  const rows = found.slice(0, PAGE).map(withProgress);
  return { rows: isBack ? rows.toReversed() : rows, hasMore: found.length > PAGE };
}

/** Returns the user's saved files that are named in the inputs of these predictions. */
export async function listInputMedia(userId: string, rows: PredictionRow[]): Promise<InputMedia[]> {
  const values = rows.flatMap(({ input }) => Object.values(input).flat());
  const ids = new Set(values.map(parseMediaPath).flatMap((file) => (file?.kind === "media" ? file.id : [])));
  if (ids.size === 0) return [];
  const media = adminClient().from("sdxl_images").select(Object.keys(Media.shape).join()).eq("user_id", userId);
  return z.array(Media).parse(unwrap(await media.is("purge_at", null).in("id", [...ids])));
}

/**
 * Returns the saved file at this position in the output of a prediction. Returns null if the file is not saved or was deleted.
 */
export async function findOutputMedia(predictionId: string, position: number): Promise<MediaRow | null> {
  const media = adminClient().from("sdxl_images").select(Object.keys(MediaRow.shape).join());
  const found = media.eq("prediction_id", predictionId).eq("position", position).is("purge_at", null);
  return MediaRow.nullable().parse(unwrap(await found.maybeSingle()));
}

/**
 * Returns a prediction of any user, or null if the user is blocked. Call this only after the signature of the URL was checked.
 */
export async function findOpenPrediction(id: string): Promise<PredictionRow | null> {
  const row = PredictionRow.nullable().parse(
    unwrap(await adminClient().from("predictions").select().eq("id", id).maybeSingle()),
  );
  if (!row) return null;
  const limits = adminClient().from("user_limits").select("blocked_at").eq("user_id", row.user_id);
  const own = z
    .object({ blocked_at: z.string().nullable() })
    .nullable()
    .parse(unwrap(await limits.maybeSingle()));
  return own?.blocked_at ? null : row;
}
