import { useEffect, useRef, useState } from "react";
import { SquareSplitHorizontal } from "lucide-react";
import { altOf, describe } from "@/components/media/describe";
import type { MediaItem } from "@/components/media/media-item";
import { MediaThumb } from "@/components/media/media-thumb";
import { openOnPlainClick } from "@/components/media/open-item";
import { Button } from "@/components/ui/button";
import { isRecord } from "@/components/ui/is-record";
import type { GalleryMedia } from "@/lib/media/schema";

/** `parents`: the files from which a file was generated, nearest first. `children`: the files generated from it, newest first. */
type Family = { parents: MediaItem[]; children: MediaItem[] };

const none: Family = { parents: [], children: [] };

/** Loads the parents and children of a saved file. Both lists are empty until they are loaded, and if loading fails. */
export function useLineage(id: string | null, toItem: (media: GalleryMedia) => MediaItem) {
  const request = useRef<AbortController>(null);
  const [loaded, setLoaded] = useState<{ id: string; family: Family } | null>(null);

  useEffect(() => {
    if (id === null) return;
    const controller = new AbortController();
    request.current = controller;
    fetch(`/api/media/${id}/lineage`, { signal: controller.signal })
      .then(async (response) => {
        const body: unknown = response.ok ? await response.json() : null;
        const { parents, children } = isRecord(body) ? body : {};
        setLoaded({ id, family: { parents: mediaIn(parents).map(toItem), children: mediaIn(children).map(toItem) } });
      })
      .catch(() => {});
    return () => controller.abort();
  }, [id, toItem]);

  return { family: loaded?.id === id ? loaded.family : none, stopLoading: () => request.current?.abort() };
}

/** Returns the files in a list. Checks only two fields, because the server has already validated its response. */
function mediaIn(list: unknown): GalleryMedia[] {
  const isMedia = (value: unknown): value is GalleryMedia => isRecord(value) && "id" in value && "url" in value;
  return Array.isArray(list) ? list.filter(isMedia) : [];
}

type LineageProps = {
  family: Family;
  onOpen: (item: MediaItem) => void;
  /** Whether the file and its parent are both images, so that they can be shown on top of each other. */
  canCompare: boolean;
  isComparing: boolean;
  onCompare: (isComparing: boolean) => void;
};

/** Thumbnails of the parents and children. A click on a thumbnail opens its file in the viewer. */
export function Lineage({ family, onOpen, canCompare, isComparing, onCompare }: LineageProps) {
  const { parents, children } = family;
  return (
    <>
      {parents.length > 0 ? (
        <div className="flex flex-col items-start gap-3">
          <Relatives title="Generated from" items={parents} onOpen={onOpen} />
          {canCompare ? (
            <Button aria-pressed={isComparing} onClick={() => onCompare(!isComparing)}>
              <SquareSplitHorizontal aria-hidden className="size-4" /> Compare before and after
            </Button>
          ) : null}
        </div>
      ) : null}
      {children.length > 0 ? <Relatives title="Generated from this file" items={children} onOpen={onOpen} /> : null}
    </>
  );
}

type RelativesProps = { title: string; items: MediaItem[]; onOpen: (item: MediaItem) => void };

function Relatives({ title, items, onOpen }: RelativesProps) {
  return (
    <section aria-label={title} className="max-w-full">
      <h2 className="text-[13px] text-muted">{title}</h2>
      <ul className="mt-2 flex flex-wrap gap-1.5">
        {items.map((item) => (
          <li key={item.key}>
            <a
              href={item.src}
              title={describe(item)}
              className="block size-16 overflow-hidden rounded-sm bg-raised transition-opacity hover:opacity-90"
              onClick={(event) => openOnPlainClick(event, () => onOpen(item))}
            >
              <MediaThumb item={item} label={altOf(item)} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
