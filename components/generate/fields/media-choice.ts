import { describe } from "@/components/media/describe";
import type { GalleryImage } from "@/lib/media/schema";
import type { Field } from "@/lib/models/fields";

/** An image that a model can be given. `value` is its path in this app. */
export type MediaChoice = { value: string; thumb: string; label: string };

export function choiceOf(image: GalleryImage): MediaChoice {
  return { value: image.url, thumb: image.thumb_url ?? image.url, label: describe(image) };
}

/** The small image at a path. */
export function thumbOf(path: string) {
  return path.startsWith("/api/media/") ? `${path}?size=thumb` : path;
}

export function choiceOfUpload(id: string): MediaChoice {
  const value = `/api/uploads/${id}`;
  return { value, thumb: value, label: "Uploaded image" };
}

const others = /audio|sound|music|song|voice|speech|video|movie|weights|zip|pdf/i;

/** Whether an input is for an image, or for several. Models ask for sounds and films by the same kind of input. */
export function takesMedia({ kind, name, label }: Field) {
  const words = `${name} ${label}`;
  return isFile(kind) && (/image|picture|photo/i.test(words) || !others.test(words));
}

/** Whether an input takes files of which none can be given here. */
export function isUngivable(field: Field) {
  return isFile(field.kind) && !takesMedia(field);
}

function isFile(kind: Field["kind"]) {
  return kind === "file" || kind === "files";
}

/** The images that the value of an input names, each once. */
export function pathsIn(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return [...new Set(values.flatMap((path) => (typeof path === "string" && path !== "" ? [path] : [])))];
}
