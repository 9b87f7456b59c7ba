import type { Picture } from "@/components/prediction/picture";

// These have a line of their own.
const toldElsewhere = ["prompt", "seed"];

/** The settings a picture was made with, as words: "num_inference_steps" is "Num inference steps". */
export function settingsOf(input: Picture["input"]) {
  return Object.entries(input)
    .filter(([name, value]) => !toldElsewhere.includes(name) && value !== null && value !== "")
    .map(([name, value]) => ({ name: wordsOf(name), value: textOf(value) }));
}

/** "1024 × 768 · 1.4 MB", with what is known. */
export function sizeOf({ width, height, bytes }: Pick<Picture, "width" | "height" | "bytes">) {
  if (!width || !height) return "Known when saved";
  return [`${width} × ${height}`, ...(bytes ? [bytesOf(bytes)] : [])].join(" · ");
}

function bytesOf(bytes: number) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function wordsOf(name: string) {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function textOf(value: unknown) {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return typeof value === "string" ? value : JSON.stringify(value);
}
