import type { MediaItem } from "./media-item";

/** Whether a saved file cannot be decoded. Before a file is saved, its size is not known. */
export function isDamaged({ id, width }: Pick<MediaItem, "id" | "width">) {
  return id !== null && width === null;
}
