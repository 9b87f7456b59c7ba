import "server-only";
import { z } from "zod";
import { momentOf, olderThan, pageOf } from "@/lib/cursor";
import { createUserClient } from "@/lib/supabase/server";
import { dataOf } from "@/lib/supabase/service";
import { presentGalleryImage } from "./present";
import { ImageRow } from "./rows";
import type { GalleryImage } from "./schema";

type Options = {
  cursor?: string | undefined;
  limit?: number;
  /** Words that all occur in the prompt. */
  query?: string | undefined;
};

/** A page of the signed-in person's pictures, newest first. A cursor that is not ours begins at the top. */
export async function listImages(
  userId: string,
  { cursor, limit = 40, query }: Options = {},
): Promise<{ results: GalleryImage[]; next: string | null }> {
  const supabase = await createUserClient();
  let select = supabase.from("sdxl_images").select().eq("user_id", userId);
  // No prompt has these, and no query may.
  const words = query?.replaceAll("\0", " ").slice(0, 500).toWellFormed().trim();
  if (words) select = select.textSearch("prompt_words", words, { type: "plain", config: "simple" });
  const [older, moment] = cursor ? [olderThan(cursor), momentOf(cursor)] : [];
  if (older) select = select.or(older).lte("created_at", moment);
  const answer = await select
    .order("created_at", { ascending: false })
    .order("id", { ascending: false })
    .limit(limit + 1);
  const { rows, next } = pageOf(z.array(ImageRow).parse(dataOf(answer)), limit);
  return { results: rows.map(presentGalleryImage), next };
}

/** One of the signed-in person's pictures; null when there is none of that id, or it is somebody else's. */
export async function getImage(userId: string, id: string, request?: Request): Promise<GalleryImage | null> {
  const row = await getImageRow(id, request);
  return row?.user_id === userId ? presentGalleryImage(row) : null;
}

/** The row of a picture that the caller may see, by session or by the request's Bearer token. */
export async function getImageRow(id: string, request?: Request): Promise<ImageRow | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const supabase = await createUserClient(request);
  const answer = await supabase.from("sdxl_images").select().eq("id", id).maybeSingle();
  return isNobody(answer.error) ? null : ImageRow.nullable().parse(dataOf(answer));
}

/** Marks a picture of the caller's as a favorite, or no longer; null when they have none of that id. */
export async function setFavorite(request: Request, id: string, favorite: boolean): Promise<ImageRow | null> {
  const supabase = await createUserClient(request);
  const answer = await supabase.from("sdxl_images").update({ favorite }).eq("id", id).select().maybeSingle();
  return ImageRow.nullable().parse(dataOf(answer));
}

/** The database's own refusal of somebody who is not signed in: no permission, or a token that is not valid. */
export function isNobody(error: { code: string } | null): boolean {
  return error !== null && /^(42501|PGRST30[0-3])$/.test(error.code);
}
