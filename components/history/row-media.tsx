"use client";

import { ImageOff } from "lucide-react";
import { type Job, placeholderCount } from "@/components/jobs/job";
import { describe } from "@/components/media/describe";
import { openOnPlainClick } from "@/components/media/open-item";
import { isEmptied, type MediaItem } from "@/components/media/media-item";
import { isActive } from "@/lib/predictions/status";
import { availableItems } from "./row-facts";

const maxShown = 4;
// Phones show only the first image.
const cellClass = "block aspect-square overflow-hidden rounded-sm not-first:max-md:hidden";

/** Thumbnails of the images. While there are none, it shows placeholders; then, that there are none or that they were deleted. */
export function RowMedia({ job, onOpen }: { job: Job; onOpen: (item: MediaItem) => void }) {
  const { prediction, problem, request } = job;
  const items = prediction ? availableItems(prediction) : [];
  const isOver = problem !== null || (prediction !== null && !isActive(prediction));
  const placeholders = items.length > 0 || isOver ? 0 : Math.min(placeholderCount(request), maxShown);
  return (
    // One image fills the box, and several images share it.
    <div
      className={`row-span-3 grid w-20 grid-cols-1 gap-1 self-start md:row-span-1 md:w-25 ${items.length + placeholders > 1 ? "md:grid-cols-2" : ""}`}
    >
      {items.slice(0, maxShown).map((item) => (
        <a
          key={item.key}
          href={item.src}
          className={`${cellClass} bg-raised transition-opacity hover:opacity-90`}
          onClick={(event) => openOnPlainClick(event, () => onOpen(item))}
        >
          <img
            src={item.thumb}
            alt={describe(item)}
            loading="lazy"
            decoding="async"
            className="size-full object-cover"
          />
        </a>
      ))}
      {Array.from({ length: placeholders }, (_, index) => (
        <span key={index} className={`${cellClass} animate-safelight border bg-raised`} />
      ))}
      {items.length === 0 && isOver ? (
        <span className={`${cellClass} content-center border border-dashed text-center text-[12px] text-muted`}>
          {prediction && isEmptied(prediction) ? "Images deleted" : <ImageOff aria-hidden className="mx-auto size-4" />}
        </span>
      ) : null}
      {items.length > maxShown ? (
        <span className="text-[12px] text-muted tabular-nums max-md:hidden">+{items.length - maxShown}</span>
      ) : null}
    </div>
  );
}
