import type { MediaKind } from "@/lib/media/schema";
import type { FileType } from "@/lib/models/inputs/takes-and-makes";

type File = { kind: MediaKind; content_type?: string };

const all: readonly MediaKind[] = ["image", "video", "audio", "model3d", "file"];

/**
 * For each kind of input, the kinds of media that it accepts. An input for audio also accepts videos, because models read the
 * sound of a video.
 */
const accepted: Record<FileType, readonly MediaKind[]> = {
  image: ["image"],
  mask: ["image"],
  video: ["video"],
  audio: ["audio", "video"],
  archive: ["file", "model3d"],
  document: all,
  any: all,
};

/**
 * Returns the kinds of media that an input accepts. `takes` is the kind of file that we have found from the name and the
 * description of the input.
 */
export function acceptedKinds(takes: FileType = "any"): readonly MediaKind[] {
  return accepted[takes];
}

/** Whether an input accepts a file. An input for images accepts no SVG, because models need pixels. */
export function acceptsFile(takes: FileType = "any", { kind, content_type: type }: File): boolean {
  const isDrawing = type === "image/svg+xml" && accepted[takes].length === 1;
  return accepted[takes].includes(kind) && !isDrawing;
}
