import "server-only";
import { z } from "zod";
import { unwrap, adminClient } from "@/lib/supabase/admin";
import { Timestamp } from "@/lib/supabase/timestamp";

/** A row of `sdxl_images`, as the database has it. */
export const ImageRow = z.object({
  id: z.uuid(),
  user_id: z.uuid(),
  prediction_id: z.uuid(),
  position: z.int(),
  prompt: z.string(),
  model: z.string(),
  input: z.record(z.string(), z.unknown()),
  seed: z.int().nullable(),
  storage_path: z.string(),
  thumb_path: z.string().nullable(),
  content_type: z.enum(["image/png", "image/jpeg", "image/webp", "image/gif"]),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  sha256: z.string(),
  source_url: z.string(),
  parent_image_id: z.uuid().nullable(),
  favorite: z.boolean(),
  share_token: z.string().nullable(),
  placeholder: z.string().nullable(),
  tool: z.string().nullable(),
  /** Of an image without a prompt: that of the nearest one it was made from that has one. */
  subject: z.string().nullable(),
  created_at: Timestamp,
});
export type ImageRow = z.infer<typeof ImageRow>;

/** What is read of a row: not the words of its prompt, which are as long again. */
export const COLUMNS = Object.keys(ImageRow.shape).join();

/** What is known of any file that can be shown. */
export type KeptFile = Pick<ImageRow, "id" | "sha256" | "storage_path" | "thumb_path" | "content_type" | "bytes">;

type NewImage = Pick<
  ImageRow,
  "position" | "seed" | "storage_path" | "content_type" | "width" | "height" | "bytes" | "sha256" | "source_url"
>;

/** Records a kept file of a prediction, once: the answer is the row, new or already there. Null: it has been deleted. */
export async function keepImage(predictionId: string, image: NewImage): Promise<ImageRow | null> {
  const answer = await adminClient().rpc("keep_image", { p_prediction: predictionId, p_image: image });
  return z.array(ImageRow).max(1).parse(unwrap(answer))[0] ?? null;
}

/** False: the image has been deleted. */
export async function setThumbnail(imageId: string, path: string, placeholder: string): Promise<boolean> {
  const images = adminClient().from("sdxl_images");
  const answer = await images.update({ thumb_path: path, placeholder }).eq("id", imageId).select("id");
  return z.array(z.unknown()).parse(unwrap(answer)).length > 0;
}

/** The files of a prediction that are kept and not deleted. */
export async function listKept(predictionId: string): Promise<ImageRow[]> {
  const images = adminClient().from("sdxl_images");
  const answer = await images.select().eq("prediction_id", predictionId).is("purge_at", null);
  return z.array(ImageRow).parse(unwrap(answer));
}
