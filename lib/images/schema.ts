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
  /** Whoever has it may see the picture at /s/<token>; null while it is private. */
  share_token: z.string().nullable(),
  created_at: z.string(),
});
export type GalleryImage = z.infer<typeof GalleryImage>;

/** A picture as anybody sees it who has the link. It says nothing of whose it is. */
export type SharedImage = {
  url: string;
  download_url: string;
  /** A smaller JPEG, for cards that are made of the link. */
  preview: { url: string; width: number; height: number };
  prompt: string;
  model: string;
  content_type: string;
  width: number;
  height: number;
};

/** A picture that was brought along for models to work on. `url` is a path of this app. */
export type Upload = { id: string; url: string; content_type: string; width: number; height: number; bytes: number };

/** The body of PATCH /api/images/:id. */
export const ImageChange = z.strictObject({ favorite: z.boolean() });

/** The body of what is done with several pictures at once. */
export const ImageIds = z.strictObject({ ids: z.array(z.uuid()).min(1).max(100) });
