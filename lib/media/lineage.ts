import "server-only";
import { z } from "zod";
import { createUserClient } from "@/lib/supabase/user-client";
import { unwrap } from "@/lib/supabase/admin";
import { serializeGalleryMedia } from "./serialize";
import { getMediaRow } from "./queries";
import { COLUMNS } from "./rows";
import { type MediaLineage, MediaRow } from "./schema";

const MOST_CHILDREN = 50;

/**
 * What an image of the caller's was made from, the nearest first, and what was made from it, the newest first. Null when
 * they have none of that id.
 */
export async function getLineage(id: string, request: Request): Promise<MediaLineage | null> {
  const supabase = await createUserClient(request);
  const [row, parents, children] = await Promise.all([
    getMediaRow(id, request),
    supabase.rpc("list_media_parents", { p_id: id }),
    supabase
      .from("sdxl_images")
      .select(COLUMNS)
      .eq("parent_image_id", id)
      .order("created_at", { ascending: false })
      .order("id", { ascending: false })
      .limit(MOST_CHILDREN),
  ]);
  if (!row) return null;
  const read = (answer: Parameters<typeof unwrap>[0]) => z.array(MediaRow).parse(unwrap(answer));
  return { parents: read(parents).map(serializeGalleryMedia), children: read(children).map(serializeGalleryMedia) };
}
