import { useEffect, useState } from "react";
import type { Picture } from "@/components/prediction/picture";
import type { GalleryImage } from "@/lib/images/schema";
import { loadFamily } from "./family";

/** What a picture was made from, the nearest first, and what was made from it, the newest first. */
export type Family = { parents: Picture[]; children: Picture[] };

const nobody: Family = { parents: [], children: [] };

/** The relatives of the picture with this id, once they are known; those that do not come are done without. */
export function useFamily(id: string | null, pictureOf: (image: GalleryImage) => Picture): Family {
  const [known, setKnown] = useState<({ id: string } & Family) | null>(null);

  useEffect(() => {
    if (id === null) return;
    const controller = new AbortController();
    loadFamily(id, controller.signal).then(
      ({ parents, children }) => setKnown({ id, parents: parents.map(pictureOf), children: children.map(pictureOf) }),
      () => {},
    );
    return () => controller.abort();
  }, [id, pictureOf]);

  return known?.id === id ? known : nobody;
}
