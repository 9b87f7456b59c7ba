import { fileTest, outputFiles } from "@/lib/media/output-files";
import type { GalleryMedia, Media, MediaKind } from "@/lib/media/schema";
import { seedIn } from "@/lib/models/inputs/seeds";
import { parseSeed } from "@/lib/predictions/parse-logs";
import type { Prediction } from "@/lib/predictions/schema";
import { questionIn } from "@/lib/words/question";
import { kindOfUrl } from "./kind";

/** One file on the screen, from a prediction or the gallery. The fields of a saved file have the same names as in the API. */
export type MediaItem = Pick<
  GalleryMedia,
  | "prompt"
  | "subject"
  | "tool"
  | "model"
  | "input"
  | "seed"
  | "created_at"
  | "kind"
  | "duration_ms"
  | "poster_url"
  | "placeholder"
  | "favorite"
  | "alt"
  | "share_token"
  | "sharing"
> & {
  key: string;
  /** The id of the saved file; null while the file is only at Replicate. */
  id: string | null;
  src: string;
  /** A small version of an image, or of the poster of a video. Null for a video without a poster, and for all other kinds. */
  thumb: string | null;
  /** Null until the file is saved. */
  content_type: string | null;
  /** In px. Null until the file is saved, if it cannot be decoded, and for kinds other than image and video. */
  width: number | null;
  height: number | null;
  bytes: number | null;
};

const unsaved = {
  id: null,
  width: null,
  height: null,
  bytes: null,
  content_type: null,
  duration_ms: null,
  poster_url: null,
  placeholder: null,
  subject: null,
  favorite: false,
  alt: null,
  share_token: null,
  sharing: "off",
} as const;

/** The files of a prediction, in order. Each is the saved file or, until it is saved, the file at Replicate. */
export function mediaItemsOf(prediction: Prediction): MediaItem[] {
  const { id, model, tool, input, images, created_at } = prediction;
  const urls = outputFiles(prediction.output, prediction.links);
  const count = Math.max(urls.length, ...images.map((image) => image.position + 1));
  return Array.from({ length: count }, (_, position) => {
    const saved = images.find((image) => image.position === position);
    const url = urls[position] ?? "";
    // If the URL is a path in this app but there is no saved file, the file was deleted.
    const src = saved?.url ?? (url.startsWith("/") || isExpired(prediction) ? "" : url);
    const kind = saved?.kind ?? kindOfUrl(url);
    return {
      ...(saved ?? unsaved),
      key: keyOf(id, position),
      src,
      kind,
      thumb: thumbOf(kind, saved, src),
      prompt: promptOf(input),
      tool,
      model,
      input,
      seed: saved?.seed ?? seedIn(input) ?? (position === 0 ? parseSeed(prediction.logs) : null),
      created_at,
    };
  }).filter((item) => item.src !== "");
}

/** Whether Replicate has deleted the files of a prediction, so that unsaved files are lost. */
export function isExpired({ save_error, output_expires_at: expiresAt }: ExpiryFields) {
  return save_error === "expired" || (expiresAt !== null && Date.parse(expiresAt) < Date.now());
}

type ExpiryFields = Pick<Prediction, "save_error" | "output_expires_at">;

function thumbOf(kind: MediaKind, saved: Pick<Media, "thumb_url" | "poster_url"> | undefined, src: string) {
  return kind === "image" ? (saved?.thumb_url ?? src) : (saved?.poster_url ?? null);
}

/** Returns an item for a file of the gallery. The id of the file is the key. */
export function toMediaItem(media: GalleryMedia): MediaItem {
  return { ...media, key: media.id, src: media.url, thumb: thumbOf(media.kind, media, media.url) };
}

/** Returns an item for a file of the gallery, with the key that `mediaItemsOf` gives to the same file. */
export function toJobMediaItem(media: GalleryMedia): MediaItem {
  return { ...toMediaItem(media), key: keyOf(media.prediction_id, media.position) };
}

function keyOf(predictionId: string, position: number) {
  return `${predictionId}/${position}`;
}

/** Whether all files of a prediction were deleted. */
export function isEmptied(prediction: Prediction) {
  const urls = outputFiles(prediction.output, prediction.links);
  return urls.some((url) => url.startsWith("/")) && mediaItemsOf(prediction).length === 0;
}

/** Returns the last message of a conversation or, without messages, the prompt. Speech models call their prompt `text`. */
export function promptOf(input: Record<string, unknown>): string {
  return questionIn(input) || (typeof input.text === "string" ? input.text : "");
}

/** Whether an output contains anything that is not a file: text, numbers or booleans. */
export function hasData({ output, links }: Pick<Prediction, "output" | "links">): boolean {
  return containsData(output, fileTest(links));
}

export function containsData(value: unknown, isFile: ReturnType<typeof fileTest>): boolean {
  if (typeof value !== "object") return value !== undefined && value !== "" && !isFile(value);
  return value !== null && Object.values(value).some((part) => containsData(part, isFile));
}
