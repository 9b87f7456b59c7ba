import { z } from "zod";
import { MAX_ALT, MAX_FILES_PER_REQUEST, MAX_REPORT } from "@/lib/limits/default-limits";
import { Timestamp } from "@/lib/supabase/result";

export const MediaKind = z.enum(["image", "video", "audio", "model3d", "file"]);
export type MediaKind = z.infer<typeof MediaKind>;

/** A saved output file, as the API returns it in `images` of a prediction. The URLs are paths of this app. */
export const Media = z.object({
  id: z.uuid(),
  /** The file's index among the files of the prediction's output. */
  position: z.int(),
  url: z.string(),
  thumb_url: z.string().nullable(),
  kind: MediaKind,
  content_type: z.string(),
  /**
   * The size (px) of an image or video as it is shown, so after any rotation. Null for any other kind, and if the size is
   * unknown, for example because an image cannot be decoded.
   */
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** The duration of a video or a sound. */
  duration_ms: z.int().nullable(),
  /** The URL of the first frame of a video. Null until the owner's browser has shown the video and sent this frame. */
  poster_url: z.string().nullable(),
  bytes: z.int(),
  seed: z.int().nullable(),
  /** The mean color of the image, as `#rrggbb`. The page shows this color until the image has loaded. */
  placeholder: z.string().nullable(),
  /**
   * For an image without a prompt, such as an upscaled one: the prompt of its nearest ancestor that has a prompt. Otherwise null.
   */
  subject: z.string().nullable(),
  favorite: z.boolean(),
  /** The owner's alternative text for screen readers. If it is null, screen readers read the prompt. */
  alt: z.string().nullable(),
  /** Anyone who has this token can see the image at /s/<token>. Null while the image is private. */
  share_token: z.string().nullable(),
  /**
   * Whether the owner may share the image. `off`: no user may share images here. `taken_down`: an administrator has ended the
   * sharing of this image.
   */
  sharing: z.enum(["allowed", "off", "taken_down"]),
});
export type Media = z.infer<typeof Media>;

/** A saved file in the gallery, with its settings. */
export const GalleryMedia = Media.extend({
  prediction_id: z.uuid(),
  prompt: z.string(),
  model: z.string(),
  input: z.record(z.string(), z.unknown()),
  tool: z.string().nullable(),
  /** The image from which this one was generated. */
  parent_image_id: z.uuid().nullable(),
  created_at: Timestamp,
});
export type GalleryMedia = z.infer<typeof GalleryMedia>;

/** A row of `sdxl_images`. */
export const MediaRow = GalleryMedia.omit({ url: true, thumb_url: true, poster_url: true, sharing: true }).extend({
  user_id: z.uuid(),
  storage_path: z.string(),
  thumb_path: z.string().nullable(),
  poster_path: z.string().nullable(),
  taken_down_at: z.string().nullable(),
  sha256: z.string(),
  source_url: z.string(),
});
export type MediaRow = z.infer<typeof MediaRow>;

/**
 * `parents`: the images from which an image was generated, nearest first. `children`: the images that were generated from it,
 * newest first.
 */
export type MediaLineage = { parents: GalleryMedia[]; children: GalleryMedia[] };

/** A saved file, as anyone with its link can see it. It does not say who owns the file. */
export type SharedMedia = Pick<
  GalleryMedia,
  | "url"
  | "prompt"
  | "alt"
  | "tool"
  | "model"
  | "kind"
  | "content_type"
  | "width"
  | "height"
  | "duration_ms"
  | "poster_url"
  | "bytes"
> & {
  download_url: string;
  /** A smaller JPEG for link previews; null if the file cannot be decoded. */
  preview: { url: string; width: number; height: number } | null;
};

export const ReportReason = z.enum(["illegal", "copyright", "personal_data", "other"]);
export type ReportReason = z.infer<typeof ReportReason>;

/** What a visitor reports about a shared file. */
export const NewReport = z.object({ reason: ReportReason, details: z.string().trim().max(MAX_REPORT).default("") });
export type NewReport = z.infer<typeof NewReport>;

/** A row of `uploads`: a file that the user uploaded as a model input. */
export const UploadRow = MediaRow.pick({
  id: true,
  user_id: true,
  storage_path: true,
  thumb_path: true,
  content_type: true,
  width: true,
  height: true,
  duration_ms: true,
  bytes: true,
  sha256: true,
  created_at: true,
}).extend({
  name: z.string(),
  /** The metadata that a client of /api/v1/files sent with the file. Null if the file was added in the browser. */
  metadata: z.record(z.string(), z.unknown()).nullable(),
  stored_at: z.string().nullable(),
  used_at: Timestamp,
});
export type UploadRow = z.infer<typeof UploadRow>;

/**
 * An upload, as the API returns it. The URLs are paths of this app. At `expires_at`, the upload is deleted. Each use of the
 * upload moves this time to a later day.
 */
export type Upload = Pick<
  UploadRow,
  "id" | "name" | "content_type" | "width" | "height" | "duration_ms" | "bytes" | "created_at"
> & { url: string; thumb_url: string | null; kind: MediaKind; expires_at: string };

/** The body of POST /api/uploads/signed. `bytes`: the exact size of the file. */
export const NewSignedUpload = z.strictObject({ name: z.string().max(1000).default(""), bytes: z.int().min(1) });

/**
 * A date. The limits are far from the first and the last date that Postgres and JavaScript can represent, so a query can add a
 * day to any date.
 */
const Day = z.iso.date().refine((day) => day >= "2000-01-01" && day < "3000-01-01");

/**
 * Returns the schema of a filter that may be missing. A filter is in the page's URL, which users may change, so an invalid filter
 * is ignored.
 */
function filter<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined);
}

export const GalleryFilter = z.object({
  /**
   * The search text: words, or beginnings of words, that must all occur in the prompt. Postgres does not accept NUL and halves of
   * surrogate pairs, so they are replaced. Text after 500 characters is ignored, because even with a URL that is too long, the
   * page should show images and not an error.
   */
  q: filter(
    z.string().transform((text) => text.replaceAll("\0", " ").slice(0, 500).toWellFormed().trim() || undefined),
  ),
  favorites: filter(z.literal("1")),
  kind: filter(MediaKind),
  model: filter(z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/)),
  tool: filter(z.string().regex(/^[\w -]{1,50}$/)),
  /** `from` and `to` are the first and the last day (UTC). */
  from: filter(Day),
  to: filter(Day),
});
export type GalleryFilter = z.infer<typeof GalleryFilter>;

/** The kinds, models and tools by which a user can filter the gallery. */
export const GalleryChoices = z.object({
  kinds: z.array(MediaKind),
  models: z.array(z.string()),
  tools: z.array(z.string()),
});
export type GalleryChoices = z.infer<typeof GalleryChoices>;

/** The body of PATCH /api/media/:id. */
export const MediaChange = z
  .strictObject({ favorite: z.boolean(), alt: z.string().trim().min(1).max(MAX_ALT).nullable() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "The body must contain favorite, alt or both.");
export type MediaChange = z.infer<typeof MediaChange>;

/** The body of a request about several saved files. */
export const MediaIds = z.strictObject({ ids: z.array(z.uuid()).min(1).max(MAX_FILES_PER_REQUEST) });
