import type { GalleryMedia } from "@/lib/media/schema";
import { parseSeed } from "@/lib/predictions/parse-logs";
import type { Prediction } from "@/lib/predictions/schema";

/** One image on the screen, from a prediction or the gallery. The fields of a saved image have the same names as in the API. */
export type MediaItem = Pick<
  GalleryMedia,
  "prompt" | "subject" | "tool" | "model" | "input" | "seed" | "created_at" | "placeholder" | "favorite" | "share_token"
> & {
  key: string;
  /** The id of the saved image; null while only Replicate has the file. */
  id: string | null;
  src: string;
  thumb: string;
  /** In px; null until the file is saved, and if it cannot be decoded. */
  width: number | null;
  height: number | null;
  bytes: number | null;
};

const unsaved = {
  id: null,
  width: null,
  height: null,
  bytes: null,
  placeholder: null,
  subject: null,
  favorite: false,
  share_token: null,
};

/** The images of a prediction, in order: the saved file or, until it is saved, the file at Replicate. */
export function mediaItemsOf(prediction: Prediction): MediaItem[] {
  const { id, model, tool, input, images, save_error, created_at } = prediction;
  const urls = fileUrls(prediction.output);
  const count = Math.max(urls.length, ...images.map((image) => image.position + 1));
  return Array.from({ length: count }, (_, position) => {
    const saved = images.find((image) => image.position === position);
    const url = urls[position] ?? "";
    // A path in this app without a saved image belongs to a deleted image.
    const isGone = url.startsWith("/") || save_error === "expired";
    const src = saved?.url ?? (isGone ? "" : url);
    return {
      ...(saved ?? unsaved),
      key: keyOf(id, position),
      src,
      thumb: saved?.thumb_url ?? src,
      prompt: promptOf(input),
      tool,
      model,
      input,
      seed: saved?.seed ?? seedOf(input) ?? (position === 0 ? parseSeed(prediction.logs) : null),
      created_at,
    };
  }).filter((item) => item.src !== "");
}

/** An item for an image of the gallery, with its id as the key. */
export function toMediaItem(image: GalleryMedia): MediaItem {
  return { ...image, key: image.id, src: image.url, thumb: image.thumb_url ?? image.url };
}

/** An item for an image of the gallery, with the same key as in `mediaItemsOf`. */
export function toJobMediaItem(image: GalleryMedia): MediaItem {
  return { ...toMediaItem(image), key: keyOf(image.prediction_id, image.position) };
}

function keyOf(predictionId: string, position: number) {
  return `${predictionId}/${position}`;
}

/** Whether all images of a prediction were deleted. */
export function isEmptied(prediction: Prediction) {
  return fileUrls(prediction.output).some((url) => url.startsWith("/")) && mediaItemsOf(prediction).length === 0;
}

export function promptOf(input: Record<string, unknown>) {
  return typeof input.prompt === "string" ? input.prompt : "";
}

/** The text in the output of a text model: one string, or a list of pieces to join. Null for any other output. */
export function textOf(output: unknown) {
  if (fileUrls(output).length > 0) return null;
  if (typeof output === "string") return output;
  if (Array.isArray(output) && output.every((piece) => typeof piece === "string")) return output.join("");
  return null;
}

function seedOf(input: Record<string, unknown>) {
  return typeof input.seed === "number" ? input.seed : null;
}

/** The URLs of all files in an output of any structure, in order: paths in this app, and http(s) URLs. */
export function fileUrls(output: unknown): string[] {
  if (typeof output === "string") return /^(https?:\/\/|\/api\/media\/)\S+$/.test(output) ? [output] : [];
  if (typeof output !== "object" || output === null) return [];
  return Object.values(output).flatMap(fileUrls);
}
