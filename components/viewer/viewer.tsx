"use client";

import { type ReactNode, useState } from "react";
import { ChevronLeft, ChevronRight, X } from "lucide-react";
import type { MediaItem } from "@/components/media/item";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { GalleryMedia } from "@/lib/media/schema";
import { Lineage } from "./lineage";
import { Details } from "./details";
import { ViewerStage } from "./viewer-stage";
import { useArrowKeys } from "./use-arrow-keys";
import { useLineage } from "./use-lineage";
import { useSwipe } from "./use-swipe";

type ViewerProps = {
  items: MediaItem[];
  openKey: string | null;
  onChange: (key: string | null) => void;
  /** A relative of the open image, with the key that it has here. */
  toMediaItem: (image: GalleryMedia) => MediaItem;
  /** Opens a relative, which need not be among the images. */
  onOpenRelative: (relative: MediaItem) => void;
  /** Where the composer is on the same page; elsewhere remixing leads there. */
  onRemix?: (item: MediaItem) => void;
  /** What more can be done with the image; the function closes the viewer. */
  actions?: (item: MediaItem, close: () => void) => ReactNode;
};

const arrow = "absolute top-1/2 z-10 -translate-y-1/2 bg-surface max-sm:hidden";

/** One image as large as the window allows, with all that is known about it. */
export function Viewer(props: ViewerProps) {
  const { items, openKey, onChange, toMediaItem, onOpenRelative, onRemix, actions } = props;
  const index = items.findIndex(({ key }) => key === openKey);
  const item = items[index];
  const isOpen = item !== undefined;
  const close = () => onChange(null);
  const family = useLineage(item?.id ?? null, toMediaItem);
  const [comparing, setComparing] = useState<string | null>(null);
  const isComparing = item?.key === comparing;

  function step(by: number) {
    const next = items[index + by];
    if (isOpen && next) onChange(next.key);
  }
  useArrowKeys(isOpen, step);
  const swipe = useSwipe(step);

  return (
    <Dialog
      open={isOpen}
      onClose={close}
      label="Image"
      className="m-0 size-full max-h-none max-w-none bg-ground text-ink"
    >
      {item ? (
        <div className="flex min-h-full flex-col lg:grid lg:h-dvh lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div
            {...swipe}
            className="relative grid h-[70dvh] grid-cols-1 grid-rows-1 place-items-center p-3 touch-pan-y lg:h-dvh lg:p-6"
          >
            <ViewerStage item={item} before={(isComparing && family.parents[0]) || null} />
            {index > 0 ? (
              <Button size="icon" aria-label="Previous image" className={`${arrow} left-3`} onClick={() => step(-1)}>
                <ChevronLeft aria-hidden className="size-5" />
              </Button>
            ) : null}
            {index < items.length - 1 ? (
              <Button size="icon" aria-label="Next image" className={`${arrow} right-3`} onClick={() => step(1)}>
                <ChevronRight aria-hidden className="size-5" />
              </Button>
            ) : null}
          </div>
          <Details item={item} onRemix={onRemix}>
            <Lineage
              family={family}
              onOpen={onOpenRelative}
              isComparing={isComparing}
              onCompare={(isOn) => setComparing(isOn ? item.key : null)}
            />
            {actions?.(item, close)}
          </Details>
          <Button size="icon" aria-label="Close" className="fixed top-3 right-3 z-20 bg-surface" onClick={close}>
            <X aria-hidden className="size-5" />
          </Button>
        </div>
      ) : null}
    </Dialog>
  );
}
