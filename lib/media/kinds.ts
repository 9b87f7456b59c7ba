import type { MediaKind } from "./schema";

/** Returns the kind of a file with this content type. The column `kind` of `sdxl_images` follows the same rule. */
export function kindOfType(contentType: string): MediaKind {
  const [family] = contentType.split("/");
  if (family === "image" || family === "video" || family === "audio") return family;
  return family === "model" ? "model3d" : "file";
}

/** The noun for a file of each kind, in the singular. */
export const kindNouns: Record<MediaKind, string> = {
  image: "image",
  video: "video",
  audio: "sound",
  model3d: "3D model",
  file: "file",
};

/** Returns a noun with its article: "an image", "a video". */
export function withArticle(noun: string): string {
  return `${/^[aeio]/.test(noun) ? "an" : "a"} ${noun}`;
}

/** Returns words for a file of the wrong kind, for an error message: "a video", "another file". */
export function otherFile(kind: MediaKind): string {
  return kind === "file" ? "another file" : withArticle(kindNouns[kind]);
}
