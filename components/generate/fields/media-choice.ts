import { describe } from "@/components/media/describe";
import { uploadPath } from "@/lib/media/media-urls";
import type { GalleryMedia } from "@/lib/media/schema";

/** An image that can be chosen as input. `value` is its path in this app. */
export type MediaChoice = { value: string; thumb: string; label: string };

export function toMediaChoice(image: GalleryMedia): MediaChoice {
  return { value: image.url, thumb: image.thumb_url ?? image.url, label: describe(image) };
}

export function uploadToMediaChoice(id: string): MediaChoice {
  const value = uploadPath(id);
  return { value, thumb: value, label: "Uploaded image" };
}

/** The paths in the value of an input, without duplicates. */
export function pathsIn(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return [...new Set(values.flatMap((path) => (typeof path === "string" && path !== "" ? [path] : [])))];
}
