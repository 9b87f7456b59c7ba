import { pictureOf } from "@/components/prediction/kept-picture";
import type { Picture } from "@/components/prediction/picture";
import type { GalleryImage } from "@/lib/images/schema";

/** What a picture was made from, the nearest first, and what was made from it, the newest first. */
export type Family = { parents: Picture[]; children: Picture[] };

/** Asks for the relatives of a kept picture. Throws when there is no answer. */
export async function loadFamily(id: string, signal: AbortSignal): Promise<Family> {
  const response = await fetch(`/api/images/${id}/family`, { signal });
  if (!response.ok) throw new Error(`${response.status}`);
  const body: unknown = await response.json();
  return { parents: picturesIn(body, "parents"), children: picturesIn(body, "children") };
}

function picturesIn(body: unknown, name: string): Picture[] {
  const images: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : null;
  return Array.isArray(images) ? images.filter(isImage).map(pictureOf) : [];
}

/** It was checked when the server wrote it. */
function isImage(value: unknown): value is GalleryImage {
  return typeof value === "object" && value !== null && "id" in value && "url" in value;
}
