import { nameInWords, plural } from "@/components/ui/format";
import type { MediaKind } from "@/lib/media/schema";

const extensions: [MediaKind, RegExp][] = [
  ["image", /^data:image|\.(png|jpe?g|webp|gif|avif|svg)$/i],
  ["video", /^data:video|\.(mp4|m4v|webm|mov)$/i],
  ["audio", /^data:audio|\.(mp3|wav|flac|ogg|opus|m4a|aac)$/i],
  ["model3d", /^data:model|\.gl(b|tf)$/i],
];

/** Guesses the kind of a file from its URL, until the file is saved. The server then recognizes the kind from the bytes. */
export function kindOfUrl(url: string): MediaKind {
  const path = url.replace(/[?#].*/s, "");
  return extensions.find(([, pattern]) => pattern.test(path))?.[0] ?? "file";
}

/** The kind of a file with this content type. */
export function kindOfType(type: string): MediaKind {
  const [family] = type.split("/");
  if (family === "image" || family === "video" || family === "audio") return family;
  return family === "model" ? "model3d" : "file";
}

const nouns: Record<MediaKind, string> = {
  image: "image",
  video: "video",
  audio: "sound",
  model3d: "3D model",
  file: "file",
};

/** Returns the noun for files of these kinds, in the singular: "video", or "file" for different kinds. */
export function nounOf(kinds: MediaKind[]) {
  const [kind = "file"] = kinds;
  return nouns[kinds.every((other) => other === kind) ? kind : "file"];
}

/** "Video deleted", "3 files deleted". */
export function deletedWords(count: number, noun: string) {
  return `${count === 1 ? nameInWords(noun) : plural(count, noun)} deleted`;
}
