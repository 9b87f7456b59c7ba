import "server-only";
import { z } from "zod";
import { unwrap, adminClient } from "@/lib/supabase/admin";
import { MediaRow } from "./schema";

/** What is read of a row: not the words of its prompt, which are as long again. */
export const COLUMNS = Object.keys(MediaRow.shape).join();

/** What is known of any file that can be shown. */
export type StoredFile = Pick<MediaRow, "id" | "sha256" | "storage_path" | "thumb_path" | "content_type" | "bytes">;

type NewImage = Pick<
  MediaRow,
  "position" | "seed" | "storage_path" | "content_type" | "width" | "height" | "bytes" | "sha256" | "source_url"
>;

/** Records a kept file of a prediction, once: the answer is the row, new or already there. Null: it has been deleted. */
export async function saveMediaRow(predictionId: string, image: NewImage): Promise<MediaRow | null> {
  const answer = await adminClient().rpc("save_media", { p_prediction: predictionId, p_media: image });
  return z.array(MediaRow).max(1).parse(unwrap(answer))[0] ?? null;
}

/** False: the image has been deleted. */
export async function setThumbnail(imageId: string, path: string, placeholder: string): Promise<boolean> {
  const images = adminClient().from("sdxl_images");
  const answer = await images.update({ thumb_path: path, placeholder }).eq("id", imageId).select("id");
  return z.array(z.unknown()).parse(unwrap(answer)).length > 0;
}

/** The files of a prediction that are kept and not deleted. */
export async function listSavedMedia(predictionId: string): Promise<MediaRow[]> {
  const images = adminClient().from("sdxl_images");
  const answer = await images.select().eq("prediction_id", predictionId).is("purge_at", null);
  return z.array(MediaRow).parse(unwrap(answer));
}
