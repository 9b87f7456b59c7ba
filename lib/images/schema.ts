import { z } from "zod";

/** One kept output file of a prediction, as the API shows it. The URLs are paths of this app. */
export const Image = z.object({
  id: z.uuid(),
  position: z.int(),
  url: z.string(),
  thumb_url: z.string().nullable(),
  content_type: z.string(),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  seed: z.int().nullable(),
});
export type Image = z.infer<typeof Image>;

/** A picture in the gallery: the kept file with what it was made from. */
export const GalleryImage = Image.extend({
  prediction_id: z.uuid(),
  prompt: z.string(),
  model: z.string(),
  input: z.record(z.string(), z.unknown()),
  favorite: z.boolean(),
  created_at: z.string(),
});
export type GalleryImage = z.infer<typeof GalleryImage>;
