import type { GalleryFilter } from "@/lib/media/schema";

/** The address of the gallery with this filter, from its newest image or from a cursor on. */
export function galleryAddress(filter: GalleryFilter, cursor?: string) {
  const { q, favorites, model, tool, from, to } = filter;
  const named = Object.entries({ q, favorites, model, tool, from, to, cursor }).flatMap(([name, value]) =>
    value ? [[name, value]] : [],
  );
  return named.length > 0 ? (`/dashboard/gallery?${new URLSearchParams(named)}` as const) : "/dashboard/gallery";
}

/** Whether it leaves any image out. */
export function isFiltered(filter: GalleryFilter) {
  return galleryAddress(filter) !== "/dashboard/gallery";
}
