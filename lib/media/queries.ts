import "server-only";
import { z } from "zod";
import { cursorTime, afterCursorFilter, pageOf } from "@/lib/cursor";
import { createUserClient } from "@/lib/supabase/user-client";
import { unwrap } from "@/lib/supabase/admin";
import { serializeGalleryMedia } from "./serialize";
import { COLUMNS } from "./rows";
import { GalleryChoices, type GalleryFilter, type GalleryMedia, MediaRow } from "./schema";
import { toPrefixQuery } from "./search-words";

type Options = {
  cursor?: string | undefined;
  limit?: number;
  filter?: GalleryFilter;
  /** For the caller by Bearer token. */
  request?: Request;
};

/** A page of the person's images, newest first. A cursor that is not ours begins at the top. */
export async function listMedia(
  userId: string,
  { cursor, limit = 40, filter = {}, request }: Options = {},
): Promise<{ results: GalleryMedia[]; next: string | null }> {
  const { q, favorites, model, tool, from, to } = filter;
  const supabase = await createUserClient(request);
  let select = supabase.from("sdxl_images").select(COLUMNS).eq("user_id", userId);
  if (q) select = select.textSearch("prompt_words", toPrefixQuery(q), { config: "simple" });
  if (favorites) select = select.eq("favorite", true);
  if (model) select = select.eq("model", model);
  if (tool) select = select.eq("tool", tool);
  if (from) select = select.gte("created_at", `${from}T00:00:00.000Z`);
  if (to) select = select.lt("created_at", new Date(Date.parse(to) + 86_400_000).toISOString());
  const [older, moment] = cursor ? [afterCursorFilter(cursor), cursorTime(cursor)] : [];
  if (older) select = select.or(older).lte("created_at", moment);
  const answer = await select
    .order("created_at", { ascending: false })
    .order("id", { ascending: false })
    .limit(limit + 1);
  const { rows, next } = pageOf(z.array(MediaRow).parse(unwrap(answer)), limit);
  return { results: rows.map(serializeGalleryMedia), next };
}

/** What the signed-in person's images can be looked for by. */
export async function galleryChoices(): Promise<GalleryChoices> {
  const supabase = await createUserClient();
  return GalleryChoices.parse(unwrap(await supabase.rpc("gallery_choices")));
}

/** One of the signed-in person's images; null when there is none of that id, or it is somebody else's. */
export async function getMedia(userId: string, id: string, request?: Request): Promise<GalleryMedia | null> {
  const row = await getMediaRow(id, request);
  return row?.user_id === userId ? serializeGalleryMedia(row) : null;
}

/** The row of an image that the caller may see, by session or by the request's Bearer token. */
export async function getMediaRow(id: string, request?: Request): Promise<MediaRow | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const supabase = await createUserClient(request);
  const answer = await supabase.from("sdxl_images").select().eq("id", id).maybeSingle();
  return isUnauthenticated(answer.error) ? null : MediaRow.nullable().parse(unwrap(answer));
}

/** Those of these images that the caller may see, in the order of the ids. */
export async function listMediaRows(ids: string[], request: Request): Promise<MediaRow[]> {
  const supabase = await createUserClient(request);
  const rows = z.array(MediaRow).parse(unwrap(await supabase.from("sdxl_images").select(COLUMNS).in("id", ids)));
  return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Marks an image of the caller's as a favorite, or no longer; null when they have none of that id. */
export async function setFavorite(request: Request, id: string, favorite: boolean): Promise<MediaRow | null> {
  const supabase = await createUserClient(request);
  const answer = await supabase.from("sdxl_images").update({ favorite }).eq("id", id).select().maybeSingle();
  return MediaRow.nullable().parse(unwrap(answer));
}

/** The database's own refusal of somebody who is not signed in: no permission, or a token that is not valid. */
export function isUnauthenticated(error: { code: string } | null): boolean {
  return error !== null && /^(42501|PGRST30[0-3])$/.test(error.code);
}
