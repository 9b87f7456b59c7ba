import { seedFromLogs } from "@/lib/predictions/parse-logs";
import type { Prediction } from "@/lib/predictions/schema";

/** One image on the screen: of a prediction whose files may not be kept yet, or of the gallery. */
export type MediaItem = {
  key: string;
  /** The kept image; null while only Replicate has the file. */
  id: string | null;
  src: string;
  thumb: string;
  /** In px; null until the file is kept. */
  width: number | null;
  height: number | null;
  bytes: number | null;
  prompt: string;
  /** Of an image without a prompt: that of the nearest one it was made from that has one. */
  subject: string | null;
  tool: string | null;
  model: string;
  input: Record<string, unknown>;
  seed: number | null;
  createdAt: string;
  /** Its mean colour, once that is known. */
  placeholder?: string | null;
  /** What can change of a saved image, as the API calls it. */
  favorite: boolean;
  share_token: string | null;
};

/** The images of a prediction, in order: the kept file where there is one, else Replicate's while it is there. */
export function mediaItemsOf(prediction: Prediction): MediaItem[] {
  const { id, model, tool, input, images, save_error, created_at: createdAt } = prediction;
  const urls = fileUrls(prediction.output);
  const count = Math.max(urls.length, ...images.map((image) => image.position + 1));
  return Array.from({ length: count }, (_, position) => {
    const image = images.find((kept) => kept.position === position);
    const url = urls[position] ?? "";
    // At one of our addresses without being kept: it was deleted.
    const isGone = url.startsWith("/") || save_error === "expired";
    const src = image?.url ?? (isGone ? "" : url);
    return {
      key: keyOf(id, position),
      id: image?.id ?? null,
      src,
      thumb: image?.thumb_url ?? src,
      placeholder: image?.placeholder ?? null,
      width: image?.width ?? null,
      height: image?.height ?? null,
      bytes: image?.bytes ?? null,
      prompt: promptOf(input),
      subject: image?.subject ?? null,
      tool,
      model,
      input,
      seed: image?.seed ?? seedOf(input) ?? (position === 0 ? seedFromLogs(prediction.logs) : null),
      createdAt,
      favorite: image?.favorite ?? false,
      share_token: image?.share_token ?? null,
    };
  }).filter((item) => item.src !== "");
}

/** The key of a prediction's image. */
export function keyOf(predictionId: string, position: number) {
  return `${predictionId}/${position}`;
}

/** Whether it had images that were kept, and all of them were deleted. */
export function isEmptied(prediction: Prediction) {
  return fileUrls(prediction.output).some((url) => url.startsWith("/")) && mediaItemsOf(prediction).length === 0;
}

export function promptOf(input: Record<string, unknown>) {
  return typeof input.prompt === "string" ? input.prompt : "";
}

/** The words of a text model: its output is a string, or a list of pieces that belong together. */
export function textOf(output: unknown) {
  if (fileUrls(output).length > 0) return null;
  if (typeof output === "string") return output;
  if (Array.isArray(output) && output.every((piece) => typeof piece === "string")) return output.join("");
  return null;
}

function seedOf(input: Record<string, unknown>) {
  return typeof input.seed === "number" ? input.seed : null;
}

/** Every file in an output of any shape, in order. Only addresses that an `img` may show: ours, and http(s). */
function fileUrls(output: unknown): string[] {
  if (typeof output === "string") return /^(https?:\/\/|\/api\/media\/)\S+$/.test(output) ? [output] : [];
  if (typeof output !== "object" || output === null) return [];
  return Object.values(output).flatMap(fileUrls);
}
