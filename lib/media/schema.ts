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
  /** Its mean colour, `#rrggbb`, to stand in its place until it is there. */
  placeholder: z.string().nullable(),
  /** Of an image without a prompt: that of the nearest one it was made from that has one. */
  subject: z.string().nullable(),
  favorite: z.boolean(),
  /** Whoever has it may see the image at /s/<token>; null while it is private. */
  share_token: z.string().nullable(),
});
export type Image = z.infer<typeof Image>;

/** An image in the gallery: the kept file with what it was made from. */
export const GalleryImage = Image.extend({
  prediction_id: z.uuid(),
  prompt: z.string(),
  model: z.string(),
  input: z.record(z.string(), z.unknown()),
  tool: z.string().nullable(),
  /** The image it was made from. */
  parent_image_id: z.uuid().nullable(),
  created_at: z.string(),
});
export type GalleryImage = z.infer<typeof GalleryImage>;

/** What an image was made from, the nearest first, and what was made from it, the newest first. */
export type ImageLineage = { parents: GalleryImage[]; children: GalleryImage[] };

/** What both Postgres and JavaScript take for a day, and its neighbours too. */
const Day = z.iso.date().refine((day) => day >= "2000-01-01" && day < "3000-01-01");

/** What of the gallery is looked for. Whatever cannot be looked for is left out, since it stands in the address. */
export const GalleryFilter = z.object({
  /** Beginnings of words that all occur in the prompt. No prompt has these characters, and no query may. */
  q: z
    .string()
    .transform((text) => text.replaceAll("\0", " ").slice(0, 500).toWellFormed().trim() || undefined)
    .optional()
    .catch(undefined),
  favorites: z.literal("1").optional().catch(undefined),
  model: z
    .string()
    .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/)
    .optional()
    .catch(undefined),
  tool: z
    .string()
    .regex(/^[\w -]{1,50}$/)
    .optional()
    .catch(undefined),
  /** The first and the last day (UTC). */
  from: Day.optional().catch(undefined),
  to: Day.optional().catch(undefined),
});
export type GalleryFilter = z.infer<typeof GalleryFilter>;

/** What a person's images can be looked for by. */
export const GalleryChoices = z.object({ models: z.array(z.string()), tools: z.array(z.string()) });
export type GalleryChoices = z.infer<typeof GalleryChoices>;

/** An image as anybody sees it who has the link. It says nothing of whose it is. */
export type SharedImage = {
  url: string;
  download_url: string;
  /** A smaller JPEG, for cards that are made of the link. */
  preview: { url: string; width: number; height: number };
  prompt: string;
  tool: string | null;
  model: string;
  content_type: string;
  width: number;
  height: number;
};

/** An image that was brought along for models to work on. `url` is a path of this app. */
export type Upload = { id: string; url: string; content_type: string; width: number; height: number; bytes: number };

/** The body of PATCH /api/media/:id. */
export const ImageChange = z.strictObject({ favorite: z.boolean() });

/** The body of what is done with several images at once. */
export const ImageIds = z.strictObject({ ids: z.array(z.uuid()).min(1).max(100) });
