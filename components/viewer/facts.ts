import type { MediaItem } from "@/components/media/item";
import { ownMediaIn } from "@/components/media/paths";

// These have a line of their own.
const toldElsewhere = ["prompt", "seed"];

/** As Generate calls them. */
const names: Record<string, string> = {
  num_inference_steps: "Steps",
  num_outputs: "Images",
  guidance_scale: "Guidance",
  guidance: "Guidance",
  aspect_ratio: "Shape",
  output_format: "Format",
  output_quality: "Quality",
};

/** The settings an image was made with, as words: "go_fast" is "Go fast". */
export function settingsOf(input: MediaItem["input"]) {
  return Object.entries(input)
    .filter(
      ([name, value]) =>
        !toldElsewhere.includes(name) && value !== null && value !== "" && ownMediaIn({ value }).length === 0,
    )
    .map(([name, value]) => ({ name: names[name] ?? wordsOf(name), value: textOf(value) }));
}

/** The settings of an image, without a size that it has: that has a line of its own. */
export function settingsBeside({ input, width, height }: Pick<MediaItem, "input" | "width" | "height">) {
  const { width: askedWidth, height: askedHeight, ...others } = input;
  return settingsOf(askedWidth === width && askedHeight === height ? others : input);
}

/** "1024 × 768 · 1.4 MB", with what is known. */
export function sizeOf({ width, height, bytes }: Pick<MediaItem, "width" | "height" | "bytes">) {
  if (!width || !height) return "Known when saved";
  return [`${width} × ${height}`, ...(bytes ? [bytesOf(bytes)] : [])].join(" · ");
}

function bytesOf(bytes: number) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** "remove-background" as "Remove background". */
export function wordsOf(name: string) {
  const words = name.replaceAll(/[_-]/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function textOf(value: unknown) {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  // A word of the model's own, such as "expert_ensemble_refiner".
  if (typeof value === "string") return /^[a-z]+(_[a-z]+)+$/.test(value) ? wordsOf(value) : value;
  return JSON.stringify(value);
}
