import { formatBytes } from "@/components/ui/format";
import { identifierInWords, inputInWords } from "@/lib/models/inputs/field-labels";
import type { MediaItem } from "./media-item";
import { ownMediaIn } from "./media-in-input";

// These settings are left out, because the page shows them in another place.
const shownApart = ["prompt", "seed"];

/** Returns the settings of an input in words: "go_fast" becomes "Go fast". Leaves out files and empty settings. */
export function settingsInWords(input: MediaItem["input"]) {
  const isSetting = ([name, value]: [string, unknown]) =>
    !shownApart.includes(name) && value !== null && value !== "" && ownMediaIn({ value }).length === 0;
  return Object.entries(input)
    .filter(isSetting)
    .map(([name, value]) => ({
      // In the details of one image, "Number of outputs" would not be clear.
      name: name === "num_outputs" ? "Images in this run" : inputInWords(name),
      value: valueInWords(value),
    }));
}

/**
 * Returns the settings of an image in words. If the image has the requested size, leaves out the width and height settings,
 * because the page shows the size of the image in another place.
 */
export function settingsBesideSize({ input, width, height }: Pick<MediaItem, "input" | "width" | "height">) {
  const { width: requestedWidth, height: requestedHeight, ...others } = input;
  return settingsInWords(requestedWidth === width && requestedHeight === height ? others : input);
}

/** Returns the size of a file in words: "1024 × 768 · 1.4 MB". Leaves out what is not known. */
export function sizeInWords({ width, height, bytes }: Pick<MediaItem, "width" | "height" | "bytes">) {
  const pixels = width && height ? `${width} × ${height}` : "";
  return [pixels, bytes && formatBytes(bytes)].filter(Boolean).join(" · ") || "Shown after saving";
}

function valueInWords(value: unknown): string {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "string") return identifierInWords(value);
  const isPlainList = Array.isArray(value) && value.every((entry) => typeof entry !== "object");
  return isPlainList ? value.join(", ") : JSON.stringify(value);
}
