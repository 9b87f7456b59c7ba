import "server-only";
import { z } from "zod";
import { createUserClient } from "@/lib/supabase/user-client";
import { unwrap } from "@/lib/supabase/admin";
import { serializeGalleryImage } from "./serialize";
import { getImageRow } from "./queries";
import { COLUMNS, ImageRow } from "./rows";
import type { ImageLineage } from "./schema";

const MOST_CHILDREN = 50;

/**
 * What an image of the caller's was made from, the nearest first, and what was made from it, the newest first. Null when
 * they have none of that id.
 */
export async function getLineage(id: string, request: Request): Promise<ImageLineage | null> {
  const supabase = await createUserClient(request);
  const [row, parents, children] = await Promise.all([
    getImageRow(id, request),
    supabase.rpc("image_parents", { p_id: id }),
    supabase
      .from("sdxl_images")
      .select(COLUMNS)
      .eq("parent_image_id", id)
      .order("created_at", { ascending: false })
      .order("id", { ascending: false })
      .limit(MOST_CHILDREN),
  ]);
  if (!row) return null;
  const read = (answer: Parameters<typeof unwrap>[0]) => z.array(ImageRow).parse(unwrap(answer));
  return { parents: read(parents).map(serializeGalleryImage), children: read(children).map(serializeGalleryImage) };
}
