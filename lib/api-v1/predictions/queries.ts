import "server-only";
import { z } from "zod";
import type { InputFiles } from "@/lib/api-v1/predictions/serialize";
import { isBlocked } from "@/lib/limits/blocked-users";
import { MAX_IMAGES_PER_PREDICTION } from "@/lib/limits/default-limits";
import { type MediaReference, parseMediaPath } from "@/lib/media/media-urls";
import { MediaRow, UploadRow } from "@/lib/media/schema";
import { withProgress } from "@/lib/predictions/live-updates/hold-progress";
import { PredictionRow } from "@/lib/predictions/rows";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";

// A caller with an API key has no session at Supabase, so these queries bypass row level security. Each function must select only
// rows of the user, or must be called only after the signature of a URL was checked.

const PAGE = 100;
/** The largest number of ids in the URL of one query. */
const GROUP = 100;
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
 * `before`. `from` is a position in the list: the creation time and the id of a prediction. The page has the predictions that
 * follow this prediction in the list or, with `isBack`, those before it.
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
    // This condition is redundant, but makes Postgres start at the right place in the index.
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

/**
 * Returns the files of this user whose paths are in the inputs of these predictions. An input may also contain the path of
 * another user's file, because users can enter any text. Such files are left out.
 */
export async function listInputFiles(userId: string, rows: PredictionRow[]): Promise<InputFiles> {
  const named = rows.flatMap(({ input }) => Object.values(input).flatMap(filesIn));
  const idsOf = (kind: MediaReference["kind"]) =>
    groupIds(named.flatMap((file) => (file.kind === kind ? file.id : [])));
  const media = idsOf("media").map(async (ids) => {
    const columns = Object.keys(Media.shape).join();
    const found = adminClient().from("sdxl_images").select(columns).eq("user_id", userId).is("purge_at", null);
    return z.array(Media).parse(unwrap(await found.in("id", ids)));
  });
  const uploads = idsOf("uploads").map(async (ids) => {
    const found = adminClient().from("uploads").select("id").eq("user_id", userId).in("id", ids);
    return z.array(UploadRow.pick({ id: true })).parse(unwrap(await found));
  });
  return {
    media: (await Promise.all(media)).flat(),
    uploads: new Set((await Promise.all(uploads)).flat().map(({ id }) => id)),
  };
}

/**
 * Returns the files in the value of an input, which may be one path or a list of paths. Ignores a list with more items than
 * any input accepts.
 */
function filesIn(value: unknown): MediaReference[] {
  const values = [value].flat();
  return values.length > MAX_IMAGES_PER_PREDICTION ? [] : values.flatMap((item) => parseMediaPath(item) ?? []);
}

/** Returns the ids without duplicates, in groups that fit into the URL of a query. */
function groupIds(ids: string[]): string[][] {
  const unique = [...new Set(ids)];
  return Array.from({ length: Math.ceil(unique.length / GROUP) }, (_, at) =>
    unique.slice(at * GROUP, (at + 1) * GROUP),
  );
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
 * Returns a prediction of any user. Returns null if there is no such prediction, or if its user is blocked. Call this only after
 * the signature of the URL was checked.
 */
export async function findOpenPrediction(id: string): Promise<PredictionRow | null> {
  const row = PredictionRow.nullable().parse(
    unwrap(await adminClient().from("predictions").select().eq("id", id).maybeSingle()),
  );
  return row && !(await isBlocked(row.user_id)) ? row : null;
}
