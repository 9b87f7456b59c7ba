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

/** Returns words for a file of the wrong type, for an error message: "a video", "an SVG", "a file of another type". */
export function otherFile(kind: MediaKind, contentType?: string): string {
  if (contentType === "image/svg+xml") return "an SVG";
  return kind === "file" ? "a file of another type" : withArticle(kindNouns[kind]);
}
