import { nameInWords, plural } from "@/components/ui/format";
import { kindNouns } from "@/lib/media/kinds";
import type { MediaKind } from "@/lib/media/schema";

const extensions: [MediaKind, RegExp][] = [
  ["image", /^data:image|\.(png|jpe?g|webp|gif|avif|svg)$/i],
  ["video", /^data:video|\.(mp4|m4v|webm|mov)$/i],
  ["audio", /^data:audio|\.(mp3|wav|flac|ogg|opus|m4a|aac)$/i],
  ["model3d", /^data:model|\.gl(b|tf)$/i],
];

/** Guesses the kind of an unsaved file from its URL. When the file is saved, the server recognizes the kind from the bytes. */
export function kindOfUrl(url: string): MediaKind {
  const path = url.replace(/[?#].*/s, "");
  return extensions.find(([, pattern]) => pattern.test(path))?.[0] ?? "file";
}

/** Returns the noun for files of these kinds, in the singular: "video", or "file" for different kinds. */
export function nounOf(kinds: MediaKind[]) {
  const [kind = "file"] = kinds;
  return kindNouns[kinds.every((other) => other === kind) ? kind : "file"];
}

/** Returns words such as "Video deleted" or "3 files deleted". */
export function deletedWords(count: number, noun: string) {
  return `${count === 1 ? nameInWords(noun) : plural(count, noun)} deleted`;
}
