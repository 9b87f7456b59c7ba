import type { MediaKind } from "@/lib/media/schema";
import type { FileType } from "@/lib/models/inputs/takes-and-makes";

type File = { kind: MediaKind; content_type?: string };

const all: readonly MediaKind[] = ["image", "video", "audio", "model3d", "file"];

/** For each kind of input, the kinds of media that it takes. Models also read the sound of a video. */
const accepted: Record<FileType, readonly MediaKind[]> = {
  image: ["image"],
  mask: ["image"],
  video: ["video"],
  audio: ["audio", "video"],
  archive: ["file", "model3d"],
  document: all,
  any: all,
};

/** The kinds of media that an input takes. */
export function acceptedKinds(takes: FileType = "any"): readonly MediaKind[] {
  return accepted[takes];
}

/** Whether an input takes a file. For models, an image is made of pixels: an SVG is not. */
export function acceptsFile(takes: FileType = "any", { kind, content_type: type }: File): boolean {
  const isDrawing = type === "image/svg+xml" && accepted[takes].length === 1;
  return accepted[takes].includes(kind) && !isDrawing;
}
