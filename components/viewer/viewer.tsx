"use client";

import { type ReactNode, type TouchEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { ChevronLeft, ChevronRight, X } from "lucide-react";
import type { MediaItem } from "@/components/media/media-item";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { GalleryMedia } from "@/lib/media/schema";
import { Details } from "./details";
import { Lineage, useLineage } from "./lineage";
import { ViewerStage } from "./viewer-stage";

type ViewerProps = {
  items: MediaItem[];
  openKey: string | null;
  onStep: (key: string) => void;
  onClose: () => void;
  /** Converts a parent or child into an item with its key on this page. */
  toItem: (image: GalleryMedia) => MediaItem;
  /** Opens a parent or child, which may not be among `items`. */
  onOpenRelative: (relative: MediaItem) => void;
  /** Only for Generate. Other pages show a link to Generate instead. */
  onEdit?: (item: MediaItem) => void;
  /** More actions for the image. */
  actions?: (item: MediaItem) => ReactNode;
};

/** The shortest swipe (px). */
const minSwipe = 50;
const arrow = "absolute top-1/2 z-10 -translate-y-1/2 bg-surface max-sm:hidden";

/** One image as large as the window allows, with its details and actions. */
export function Viewer(props: ViewerProps) {
  const { items, openKey, onStep, onClose, toItem, onOpenRelative, onEdit, actions } = props;
  const index = items.findIndex(({ key }) => key === openKey);
  const item = items[index];
  const family = useLineage(item?.id ?? null, toItem);
  const [comparing, setComparing] = useState<string | null>(null);
  const isComparing = item?.key === comparing;

  function step(by: number) {
    const next = items[index + by];
    if (item && next) onStep(next.key);
  }
  const touchHandlers = useSteps(item !== undefined, step);

  return (
    <Dialog
      open={item !== undefined}
      onClose={onClose}
      label="Image"
      className="m-0 size-full max-h-none max-w-none bg-ground text-ink"
    >
      {item ? (
        <div className="flex min-h-full flex-col lg:grid lg:h-dvh lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div
            {...touchHandlers}
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
          <Details item={item} onEdit={onEdit}>
            <Lineage
              family={family}
              onOpen={onOpenRelative}
              isComparing={isComparing}
              onCompare={(isOn) => setComparing(isOn ? item.key : null)}
            />
            {actions?.(item)}
          </Details>
          <Button size="icon" aria-label="Close" className="fixed top-3 right-3 z-20 bg-surface" onClick={onClose}>
            <X aria-hidden className="size-5" />
          </Button>
        </div>
      ) : null}
    </Dialog>
  );
}

/** Calls `onStep` with -1 or 1 for the arrow keys while the viewer is open. Returns handlers for sideways swipes. */
function useSteps(isOpen: boolean, onStep: (by: number) => void) {
  const step = useEffectEvent(onStep);
  const start = useRef<{ x: number; y: number } | null>(null);

  useEffect(() => {
    if (!isOpen) return;
    const onKey = ({ key, target, altKey, metaKey, ctrlKey }: KeyboardEvent) => {
      // Keys with a modifier belong to the browser: Alt+Left goes back.
      if (altKey || metaKey || ctrlKey) return;
      // The arrow keys move a slider.
      if (target instanceof HTMLInputElement) return;
      if (key === "ArrowLeft") step(-1);
      if (key === "ArrowRight") step(1);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [isOpen]);

  return {
    onTouchStart({ touches }: TouchEvent) {
      const finger = touches[0];
      // Two fingers zoom the page.
      start.current = finger && touches.length === 1 ? { x: finger.clientX, y: finger.clientY } : null;
    },
    onTouchEnd({ changedTouches }: TouchEvent) {
      const finger = changedTouches[0];
      if (!start.current || !finger) return;
      const [x, y] = [finger.clientX - start.current.x, finger.clientY - start.current.y];
      start.current = null;
      if (Math.abs(x) > minSwipe && Math.abs(x) > 2 * Math.abs(y)) onStep(x < 0 ? 1 : -1);
    },
  };
}
