import "server-only";
import type { SupabaseClient } from "@supabase/supabase-js";
import { z } from "zod";
import { newestFirst, pageOf, selectPage } from "@/lib/cursor";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { createUserClient } from "@/lib/supabase/user-client";
import {
  GalleryChoices,
  type GalleryFilter,
  type GalleryMedia,
  type MediaChange,
  type MediaLineage,
  MediaRow,
} from "./schema";
import { serializeGalleryMedia } from "./serialize";

/** The columns of `MediaRow`. The table also has a column `prompt_words`. It is not read, because it is as long as the prompt. */
const COLUMNS = Object.keys(MediaRow.shape).join();
const MAX_CHILDREN = 50;

const Rows = z.array(MediaRow);

/** The user is identified by the Bearer token of `request` or, without such a token, by the session cookie. */
type ListOptions = { cursor?: string | undefined; limit?: number; filter?: GalleryFilter; request?: Request };

/** Returns a page of the user's files, newest first, and the cursor of the next page (`next`). An invalid cursor is ignored. */
export async function listMedia(userId: string, { cursor, limit = 40, filter = {}, request }: ListOptions = {}) {
  const { q, favorites, kind, model, tool, from, to } = filter;
  const supabase = await createUserClient(request);
  let select = supabase.from("sdxl_images").select(COLUMNS).eq("user_id", userId);
  // Because of row level security, Postgres does not use the index on `prompt_words`. It tests the rows one by one, newest first,
  // which takes 0.1 to 0.3 s for 100,000 images.
  if (q) select = select.textSearch("prompt_words", toPrefixQuery(q), { config: "simple" });
  if (favorites) select = select.eq("favorite", true);
  if (kind) select = select.eq("kind", kind);
  if (model) select = select.eq("model", model);
  if (tool) select = select.eq("tool", tool);
  const result = await selectPage(select, { cursor, from, to, limit });
  const { rows, next } = pageOf(Rows.parse(unwrap(result)), limit);
  return { results: rows.map(serializeGalleryMedia), next };
}

/**
 * Returns a Postgres text query (tsquery): each word of the text must be the beginning of a word in the prompt. Each word is put
 * in quotes. Inside quotes, only `'` and `\` are special characters.
 */
export function toPrefixQuery(text: string): string {
  const words = text.split(/\s+/).filter(Boolean);
  return words.map((word) => `'${word.replace(/['\\]/g, "$&$&")}':*`).join(" & ");
}

/** Returns the kinds, models and tools by which the signed-in user can filter the gallery. */
export async function getGalleryChoices(): Promise<GalleryChoices> {
  const supabase = await createUserClient();
  return GalleryChoices.parse(unwrap(await supabase.rpc("gallery_choices")));
}

/** Returns one of the caller's files. Returns null if it does not exist or belongs to another user. */
export async function getMedia(id: string, request?: Request): Promise<GalleryMedia | null> {
  const row = await getMediaRow(id, await createUserClient(request));
  return row && serializeGalleryMedia(row);
}

/**
 * Returns the row of a file. `supabase` has the rights of a user: the result is null if this user may not see the file, or if it
 * does not exist.
 */
export async function getMediaRow(id: string, supabase: SupabaseClient): Promise<MediaRow | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const result = await supabase.from("sdxl_images").select(COLUMNS).eq("id", id).maybeSingle();
  return isUnauthenticated(result.error) ? null : MediaRow.nullable().parse(unwrap(result));
}

/** Returns the rows of these files, in the order of the ids. Leaves out files that the caller may not see. */
export async function listMediaRows(ids: string[], request: Request): Promise<MediaRow[]> {
  const supabase = await createUserClient(request);
  const rows = Rows.parse(unwrap(await supabase.from("sdxl_images").select(COLUMNS).in("id", ids)));
  return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Returns the saved files of a prediction, without deleted ones. Does not check who owns the prediction. */
export async function listSavedMedia(predictionId: string): Promise<MediaRow[]> {
  const images = adminClient().from("sdxl_images").select(COLUMNS);
  return Rows.parse(unwrap(await images.eq("prediction_id", predictionId).is("purge_at", null)));
}

/** Returns the parents and children of one of the caller's files. Returns null if the file does not exist. */
export async function getLineage(id: string, request: Request): Promise<MediaLineage | null> {
  const supabase = await createUserClient(request);
  const [row, parents, children] = await Promise.all([
    getMediaRow(id, supabase),
    supabase.rpc("list_media_parents", { p_id: id }),
    newestFirst(supabase.from("sdxl_images").select(COLUMNS).eq("parent_image_id", id)).limit(MAX_CHILDREN),
  ]);
  if (!row) return null;
  return {
    parents: Rows.parse(unwrap(parents)).map(serializeGalleryMedia),
    children: Rows.parse(unwrap(children)).map(serializeGalleryMedia),
  };
}

/** Changes the favorite or the alternative text of a file. Returns its row, or null if the caller has no such file. */
export async function changeMedia(request: Request, id: string, change: MediaChange): Promise<MediaRow | null> {
  const supabase = await createUserClient(request);
  const images = supabase.from("sdxl_images").update(change);
  return MediaRow.nullable().parse(unwrap(await images.eq("id", id).select(COLUMNS).maybeSingle()));
}

/** Records that an image cannot be decoded: sets its width and height to null. Such an image gets no thumbnail and no preview. */
export async function markUndecodable(id: string): Promise<void> {
  unwrap(await adminClient().from("sdxl_images").update({ width: null, height: null }).eq("id", id));
}

/** Whether the database has rejected a request because the caller's token is invalid or missing. */
export function isUnauthenticated(error: { code: string } | null): boolean {
  return error !== null && /^(42501|PGRST30[0-3])$/.test(error.code);
}
