import { useEffect, useState } from "react";
import type { MediaItem } from "@/components/media/item";
import type { GalleryMedia } from "@/lib/media/schema";
import { loadLineage } from "./load-lineage";

/** What an image was made from, the nearest first, and what was made from it, the newest first. */
export type Family = { parents: MediaItem[]; children: MediaItem[] };

const nobody: Family = { parents: [], children: [] };

/** The relatives of the image with this id, once they are known; those that do not come are done without. */
export function useLineage(id: string | null, toMediaItem: (image: GalleryMedia) => MediaItem): Family {
  const [known, setKnown] = useState<({ id: string } & Family) | null>(null);

  useEffect(() => {
    if (id === null) return;
    const controller = new AbortController();
    loadLineage(id, controller.signal).then(
      ({ parents, children }) =>
        setKnown({ id, parents: parents.map(toMediaItem), children: children.map(toMediaItem) }),
      () => {},
    );
    return () => controller.abort();
  }, [id, toMediaItem]);

  return known?.id === id ? known : nobody;
}
