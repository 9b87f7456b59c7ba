"use client";

import { type PointerEvent, type TouchEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { ChevronLeft, ChevronRight, ChevronsLeftRight, Download } from "lucide-react";
import { describe } from "@/components/media/describe";
import { isDamaged } from "@/components/media/is-damaged";
import type { MediaItem } from "@/components/media/media-item";
import { Button, buttonClass } from "@/components/ui/button";

type ViewerStageProps = {
  item: MediaItem;
  /** The image that it was generated from, to compare both. */
  before: MediaItem | null;
  previous: MediaItem | undefined;
  next: MediaItem | undefined;
  onStep: (to: MediaItem) => void;
};

/** The shortest swipe (px). */
const minSwipe = 50;
// On phones, the buttons are below the image, because it is as wide as the screen.
const arrowClass = "absolute bottom-3 z-10 bg-surface sm:top-1/2 sm:bottom-auto sm:-translate-y-1/2";

/** The image as large as possible, or compared with `before`. Buttons, arrow keys and swipes lead to its neighbors. */
export function ViewerStage({ item, before, previous, next, onStep }: ViewerStageProps) {
  const swipeHandlers = useSteps((by) => {
    const to = by < 0 ? previous : next;
    if (to) onStep(to);
  });
  return (
    <div
      {...swipeHandlers}
      className="relative grid h-[70dvh] grid-cols-1 grid-rows-1 place-items-center p-3 touch-pan-y lg:h-dvh lg:p-6"
    >
      <LargeImage item={item} before={before} />
      {previous ? (
        <Button
          size="icon"
          aria-label="Previous image"
          className={`${arrowClass} left-3`}
          onClick={() => onStep(previous)}
        >
          <ChevronLeft aria-hidden className="size-5" />
        </Button>
      ) : null}
      {next ? (
        <Button size="icon" aria-label="Next image" className={`${arrowClass} right-3`} onClick={() => onStep(next)}>
          <ChevronRight aria-hidden className="size-5" />
        </Button>
      ) : null}
    </div>
  );
}

/** Calls `onStep` with -1 or 1 for the arrow keys. Returns handlers for sideways swipes. */
function useSteps(onStep: (by: number) => void) {
  const step = useEffectEvent(onStep);
  const start = useRef<{ x: number; y: number } | null>(null);

  useEffect(() => {
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
  }, []);

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

function LargeImage({ item, before }: Pick<ViewerStageProps, "item" | "before">) {
  if (before) return <BeforeAfter key={item.key} before={before} after={item} />;
  if (isDamaged(item)) return <DamagedImage item={item} />;
  return (
    <img
      key={item.key}
      src={item.src}
      alt={describe(item)}
      width={item.width ?? undefined}
      height={item.height ?? undefined}
      className="size-auto max-h-full max-w-full rounded-sm bg-cover object-contain"
      style={item.thumb === item.src ? undefined : { backgroundImage: `url("${item.thumb}")` }}
    />
  );
}

function DamagedImage({ item }: Pick<ViewerStageProps, "item">) {
  return (
    <div className="flex max-w-sm flex-col items-center gap-4 rounded border border-dashed p-8 text-center text-sm">
      <p>This file cannot be shown. Download it to open it elsewhere.</p>
      <a href={`${item.src}?download`} download className={buttonClass()}>
        <Download aria-hidden className="size-4" /> Download
      </a>
    </div>
  );
}

/** Two images on top of each other. The pointer or an invisible range input moves the border between them. */
function BeforeAfter({ before, after }: { before: MediaItem; after: MediaItem }) {
  const [share, setShare] = useState(50);
  const ratio = after.width && after.height ? after.width / after.height : 1;
  const sides = [
    { name: "Before", item: before, hidden: `${100 - share}% 0 0`, corner: "left-2" },
    { name: "After", item: after, hidden: `0 0 ${share}%`, corner: "right-2" },
  ];

  function follow({ currentTarget, clientX, buttons }: PointerEvent<HTMLDivElement>) {
    if (buttons !== 1) return;
    const { left, width } = currentTarget.getBoundingClientRect();
    setShare(Math.round(Math.min(1, Math.max(0, (clientX - left) / width)) * 100));
  }

  return (
    <div className="grid size-full place-items-center [container-type:size]">
      <div
        className="relative cursor-ew-resize touch-pan-y overflow-hidden rounded-sm bg-raised select-none"
        style={{ aspectRatio: ratio, width: `min(100cqw, 100cqh * ${ratio})` }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          follow(event);
        }}
        onPointerMove={follow}
        // Otherwise the viewer would treat it as a swipe to the next image.
        onTouchStart={(event: TouchEvent) => event.stopPropagation()}
      >
        {sides.map(({ name, item, hidden }) => (
          <img
            key={name}
            src={item.src}
            alt={`${name}: ${describe(item)}`}
            draggable={false}
            className="absolute inset-0 size-full object-contain"
            style={{ clipPath: `inset(0 ${hidden})` }}
          />
        ))}
        <input
          type="range"
          min={0}
          max={100}
          value={share}
          aria-label="Before and after"
          aria-valuetext={`${share} % before, ${100 - share} % after`}
          onChange={(event) => setShare(event.currentTarget.valueAsNumber)}
          className="peer pointer-events-none absolute inset-0 size-full opacity-0"
        />
        <span
          aria-hidden
          className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-ink shadow-float peer-focus-visible:bg-accent"
          style={{ left: `${share}%` }}
        />
        <span
          aria-hidden
          className="absolute top-1/2 grid size-10 -translate-1/2 place-items-center rounded-full bg-ink text-ground shadow-float outline-offset-2 outline-accent peer-focus-visible:outline-2"
          style={{ left: `${share}%` }}
        >
          <ChevronsLeftRight className="size-5" />
        </span>
        {sides.map(({ name, corner }) => (
          <span
            key={name}
            aria-hidden
            className={`absolute top-2 rounded-sm bg-ground px-2 py-1 text-[12px] text-ink ${corner}`}
          >
            {name}
          </span>
        ))}
      </div>
    </div>
  );
}
