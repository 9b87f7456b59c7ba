import type { GalleryMedia, MediaLineage } from "@/lib/media/schema";

/** Asks for the relatives of a saved image. Throws when there is no answer. */
export async function loadLineage(id: string, signal: AbortSignal): Promise<MediaLineage> {
  const response = await fetch(`/api/media/${id}/lineage`, { signal });
  if (!response.ok) throw new Error(`${response.status}`);
  const body: unknown = await response.json();
  return { parents: imagesIn(body, "parents"), children: imagesIn(body, "children") };
}

function imagesIn(body: unknown, name: string): GalleryMedia[] {
  const images: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : null;
  return Array.isArray(images) ? images.filter(isImage) : [];
}

/** It was checked when the server wrote it. */
function isImage(value: unknown): value is GalleryMedia {
  return typeof value === "object" && value !== null && "id" in value && "url" in value;
}
