import type { ReactNode } from "react";
import type { MediaItem } from "@/components/media/media-item";
import { ownMediaIn } from "@/components/media/own-media";
import { CopyButton } from "@/components/ui/copy-button";

/** A name and a value in a list of facts. */
export function Fact({ name, value, copies = false }: { name: string; value: ReactNode; copies?: boolean }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="flex min-h-7 min-w-0 items-center gap-1 font-mono text-xs tabular-nums">
        <span className="line-clamp-4 min-w-0 break-words">{value}</span>
        {copies && typeof value === "string" ? <CopyButton text={value} label={name.toLowerCase()} /> : null}
      </dd>
    </>
  );
}

// Shown elsewhere.
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
export function settingsOf(input: MediaItem["input"]) {
  const isSetting = ([name, value]: [string, unknown]) =>
    !shownApart.includes(name) && value !== null && value !== "" && ownMediaIn({ value }).length === 0;
  return Object.entries(input)
    .filter(isSetting)
    .map(([name, value]) => ({ name: names[name] ?? wordsOf(name), value: textOf(value) }));
}

/** The settings of an image, without a width and height that equal its size, which is shown elsewhere. */
export function settingsBesideSize({ input, width, height }: Pick<MediaItem, "input" | "width" | "height">) {
  const { width: requestedWidth, height: requestedHeight, ...others } = input;
  return settingsOf(requestedWidth === width && requestedHeight === height ? others : input);
}

/** "1024 × 768 · 1.4 MB". Leaves out what is not known. */
export function sizeOf({ width, height, bytes }: Pick<MediaItem, "width" | "height" | "bytes">) {
  const pixels = width && height ? `${width} × ${height}` : "";
  const size = bytes ? (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`) : "";
  return [pixels, size].filter(Boolean).join(" · ") || "Shown after saving";
}

/** "remove-background" as "Remove background". */
export function wordsOf(name: string) {
  const words = name.replaceAll(/[_-]/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function textOf(value: unknown) {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  // An identifier such as "expert_ensemble_refiner".
  if (typeof value === "string") return /^[a-z]+(_[a-z]+)+$/.test(value) ? wordsOf(value) : value;
  return JSON.stringify(value);
}
