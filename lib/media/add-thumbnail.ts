import "server-only";
import { z } from "zod";
import { log } from "@/lib/log";
import { adminClient } from "@/lib/supabase/admin";
import { isOutage, unwrap } from "@/lib/supabase/result";
import { markUndecodable } from "./queries";
import * as storage from "./storage";
import { makeThumbnail } from "./thumbnail";

/**
 * Adds the thumbnail of a saved image at `path`, and corrects the size of the image, because only decoding shows the true one.
 * Returns false if the image cannot be decoded. It can do without a thumbnail, so this throws only `db_unavailable`, for the
 * save to be retried.
 */
export async function addThumbnail(imageId: string, path: string, bytes: Uint8Array): Promise<boolean> {
  const thumbnail = await makeThumbnail(bytes).catch((error: unknown) => {
    log.error("undecodable_file", { image: imageId, error });
    return null;
  });
  if (!thumbnail) {
    await markUndecodable(imageId);
    return false;
  }
  try {
    await storage.put(path, thumbnail.bytes, "image/webp");
    const columns = { thumb_path: path, placeholder: thumbnail.color, ...thumbnail.size };
    const images = adminClient().from("sdxl_images").update(columns);
    const updated = z.array(z.unknown()).parse(unwrap(await images.eq("id", imageId).select("id")));
    // The image was deleted in the meantime.
    if (updated.length === 0) await storage.remove([path]);
  } catch (error) {
    log.error("thumbnail_failed", { image: imageId, error });
    if (isOutage(error)) throw error;
  }
  return true;
}
