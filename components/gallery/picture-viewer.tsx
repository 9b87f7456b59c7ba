"use client";

import { type ReactNode, useState } from "react";
import { ChevronLeft, ChevronRight, X } from "lucide-react";
import type { Picture } from "@/components/prediction/picture";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { GalleryImage } from "@/lib/images/schema";
import { PictureFamily } from "./picture-family";
import { PicturePanel } from "./picture-panel";
import { PictureStage } from "./picture-stage";
import { useArrowKeys } from "./use-arrow-keys";
import { useFamily } from "./use-family";
import { useSwipe } from "./use-swipe";

type PictureViewerProps = {
  pictures: Picture[];
  openKey: string | null;
  onChange: (key: string | null) => void;
  /** A relative of the open picture, with the key that it has here. */
  pictureOf: (image: GalleryImage) => Picture;
  /** Opens a relative, which need not be among the pictures. */
  onOpenRelative: (relative: Picture) => void;
  /** Where the composer is on the same page; elsewhere remixing leads there. */
  onRemix?: (picture: Picture) => void;
  /** What more can be done with the picture; the function closes the viewer. */
  actions?: (picture: Picture, close: () => void) => ReactNode;
};

const arrow = "absolute top-1/2 z-10 -translate-y-1/2 bg-surface max-sm:hidden";

/** One picture as large as the window allows, with all that is known about it. */
export function PictureViewer(props: PictureViewerProps) {
  const { pictures, openKey, onChange, pictureOf, onOpenRelative, onRemix, actions } = props;
  const index = pictures.findIndex(({ key }) => key === openKey);
  const picture = pictures[index];
  const isOpen = picture !== undefined;
  const close = () => onChange(null);
  const family = useFamily(picture?.id ?? null, pictureOf);
  const [comparing, setComparing] = useState<string | null>(null);
  const isComparing = picture?.key === comparing;

  function step(by: number) {
    const next = pictures[index + by];
    if (isOpen && next) onChange(next.key);
  }
  useArrowKeys(isOpen, step);
  const swipe = useSwipe(step);

  return (
    <Dialog
      open={isOpen}
      onClose={close}
      label="Picture"
      className="m-0 size-full max-h-none max-w-none bg-ground text-ink"
    >
      {picture ? (
        <div className="flex min-h-full flex-col lg:grid lg:h-dvh lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div
            {...swipe}
            className="relative grid h-[70dvh] grid-cols-1 grid-rows-1 place-items-center p-3 touch-pan-y lg:h-dvh lg:p-6"
          >
            <PictureStage picture={picture} before={(isComparing && family.parents[0]) || null} />
            {index > 0 ? (
              <Button size="icon" aria-label="Previous picture" className={`${arrow} left-3`} onClick={() => step(-1)}>
                <ChevronLeft aria-hidden className="size-5" />
              </Button>
            ) : null}
            {index < pictures.length - 1 ? (
              <Button size="icon" aria-label="Next picture" className={`${arrow} right-3`} onClick={() => step(1)}>
                <ChevronRight aria-hidden className="size-5" />
              </Button>
            ) : null}
          </div>
          <PicturePanel picture={picture} onRemix={onRemix}>
            <PictureFamily
              family={family}
              onOpen={onOpenRelative}
              isComparing={isComparing}
              onCompare={(isOn) => setComparing(isOn ? picture.key : null)}
            />
            {actions?.(picture, close)}
          </PicturePanel>
          <Button size="icon" aria-label="Close" className="fixed top-3 right-3 z-20 bg-surface" onClick={close}>
            <X aria-hidden className="size-5" />
          </Button>
        </div>
      ) : null}
    </Dialog>
  );
}
