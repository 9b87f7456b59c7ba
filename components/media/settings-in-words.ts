import { formatBytes, nameInWords } from "@/components/ui/format";
import type { MediaItem } from "./media-item";
import { ownMediaIn } from "./own-media";

// Settings that are shown elsewhere.
const shownApart = ["prompt", "seed"];

/** The labels of settings. */
const names: Record<string, string> = {
  num_inference_steps: "Steps",
  num_outputs: "Images in this run",
  guidance_scale: "Guidance",
  output_format: "Format",
  output_quality: "Quality",
};

/** The settings of an input in words: "go_fast" is "Go fast". */
export function settingsInWords(input: MediaItem["input"]) {
  const isSetting = ([name, value]: [string, unknown]) =>
    !shownApart.includes(name) && value !== null && value !== "" && ownMediaIn({ value }).length === 0;
  return Object.entries(input)
    .filter(isSetting)
    .map(([name, value]) => ({ name: names[name] ?? nameInWords(name), value: valueInWords(value) }));
}

/** The settings of an image. A requested size is left out if the image has that size, because its size is shown elsewhere. */
export function settingsBesideSize({ input, width, height }: Pick<MediaItem, "input" | "width" | "height">) {
  const { width: requestedWidth, height: requestedHeight, ...others } = input;
  return settingsInWords(requestedWidth === width && requestedHeight === height ? others : input);
}

/** "1024 × 768 · 1.4 MB". Leaves out what is not known. */
export function sizeInWords({ width, height, bytes }: Pick<MediaItem, "width" | "height" | "bytes">) {
  const pixels = width && height ? `${width} × ${height}` : "";
  return [pixels, bytes && formatBytes(bytes)].filter(Boolean).join(" · ") || "Shown after saving";
}

function valueInWords(value: unknown) {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  // The value may be an identifier, such as "expert_ensemble_refiner".
  if (typeof value === "string") return /^[a-z]+(_[a-z]+)+$/.test(value) ? nameInWords(value) : value;
  return JSON.stringify(value);
}
