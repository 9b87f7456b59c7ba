"use client";

import { type RefObject, type TouchEvent, useEffect, useEffectEvent, useRef } from "react";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { altOf } from "@/components/media/describe";
import { DownloadLink } from "@/components/media/download-link";
import { isRaster } from "@/components/media/files/file-facts";
import { nounOf } from "@/components/media/kind";
import type { MediaItem } from "@/components/media/media-item";
import { MediaView } from "@/components/media/media-view";
import { Button } from "@/components/ui/button";
import { BeforeAfter } from "./before-after";

type ViewerMediaProps = {
  item: MediaItem;
  /** The image from which `item` was generated, if the user compares the two images. Otherwise null. */
  before: MediaItem | null;
  previous: MediaItem | undefined;
  next: MediaItem | undefined;
  onStep: (to: MediaItem) => void;
};

/** The shortest swipe (px). */
const minSwipe = 50;
// The classes of the buttons Previous and Next. On phones, they are at the bottom, because the image is as wide as the screen.
const arrowClass = "absolute bottom-3 z-10 bg-surface sm:top-1/2 sm:bottom-auto sm:-translate-y-1/2";

/**
 * Shows the file, or compares an image with `before`. Buttons, arrow keys and swipes lead to the previous and next file. The
 * space bar plays or pauses a video or sound.
 */
export function ViewerMedia({ item, before, previous, next, onStep }: ViewerMediaProps) {
  const stage = useRef<HTMLDivElement>(null);
  const swipeHandlers = useSteps((by) => {
    const to = by < 0 ? previous : next;
    if (to) onStep(to);
  });
  usePlayKey(stage);
  return (
    <div
      ref={stage}
      {...swipeHandlers}
      className="relative grid h-[70dvh] grid-cols-1 grid-rows-1 place-items-center p-3 touch-pan-y lg:h-dvh lg:p-6"
    >
      {before ? (
        <BeforeAfter key={item.key} before={before} after={item} />
      ) : (
        <MediaView
          key={item.key}
          media={item}
          label={altOf(item)}
          // A small video or SVG drawing is enlarged. An SVG drawing without a size fills the space.
          className={`max-h-full max-w-full rounded-sm ${isRaster(item) ? "size-auto" : item.width ? "size-auto min-w-[min(100%,32rem)]" : "size-full"}`}
          isOwner
          download={<DownloadLink item={item} />}
        />
      )}
      {previous ? (
        <Button
          size="icon"
          aria-label={`Previous ${nounOf([previous.kind])}`}
          className={`${arrowClass} left-3`}
          onClick={() => onStep(previous)}
        >
          <ChevronLeft aria-hidden className="size-5" />
        </Button>
      ) : null}
      {next ? (
        <Button
          size="icon"
          aria-label={`Next ${nounOf([next.kind])}`}
          className={`${arrowClass} right-3`}
          onClick={() => onStep(next)}
        >
          <ChevronRight aria-hidden className="size-5" />
        </Button>
      ) : null}
    </div>
  );
}

/** Calls `onStep` with -1 for the left arrow key and 1 for the right one. Returns handlers that do the same for swipes. */
function useSteps(onStep: (by: number) => void) {
  const step = useEffectEvent(onStep);
  const start = useRef<{ x: number; y: number } | null>(null);

  useEffect(() => {
    const onKey = ({ key, target, altKey, metaKey, ctrlKey }: KeyboardEvent) => {
      // Arrow keys with a modifier are shortcuts of the browser. For example, Alt+Left goes back.
      if (altKey || metaKey || ctrlKey) return;
      // In these elements, the arrow keys move a slider or seek in a player.
      if (target instanceof HTMLInputElement || target instanceof HTMLMediaElement) return;
      if (key === "ArrowLeft") step(-1);
      if (key === "ArrowRight") step(1);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  return {
    onTouchStart({ touches, target }: TouchEvent) {
      const finger = touches[0];
      // A touch with two fingers zooms the page, and a touch on a player uses its controls. Neither is a swipe.
      const isSwipe = touches.length === 1 && !(target instanceof HTMLMediaElement);
      start.current = finger && isSwipe ? { x: finger.clientX, y: finger.clientY } : null;
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

/** Makes the space bar play or pause the player in `stage`, unless a control has the focus. */
function usePlayKey(stage: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const player = stage.current?.querySelector<HTMLMediaElement>("video, audio");
      const isOnControl =
        event.target instanceof Element && event.target.closest("a, button, input, summary, video, audio");
      if (event.key !== " " || !player || isOnControl) return;
      // Without this, the space bar would scroll the page.
      event.preventDefault();
      if (player.paused) player.play().catch(() => {});
      else player.pause();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [stage]);
}
