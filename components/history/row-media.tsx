"use client";

import { type Job, placeholderCount } from "@/components/jobs/job";
import { describe } from "@/components/media/describe";
import { openOnPlainClick } from "@/components/media/open-item";
import { isEmptied, type MediaItem } from "@/components/media/media-item";
import { isActive } from "@/lib/predictions/status";
import { availableItems } from "./row-facts";

const maxShown = 4;
// Phones show only the first image.
const cellClass = "block aspect-square overflow-hidden rounded-sm not-first:max-md:hidden";

/** Thumbnails of the images. Without images, it shows placeholders, or says that the images were deleted. */
export function RowMedia({ job, onOpen }: { job: Job; onOpen: (item: MediaItem) => void }) {
  const { prediction, problem, request } = job;
  const items = prediction ? availableItems(prediction) : [];
  const isOver = problem !== null || (prediction !== null && !isActive(prediction));
  const placeholders = items.length > 0 ? 0 : isOver ? 1 : placeholderCount(request);
  const count = items.length + placeholders;
  return (
    // One image fills the box, and several images share it.
    <div
      className={`row-span-3 grid w-20 grid-cols-1 gap-1 self-start md:row-span-1 md:w-25 ${count > 1 ? "md:grid-cols-2" : ""}`}
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
      {Array.from({ length: Math.min(placeholders, maxShown) }, (_, index) => (
        <span
          key={index}
          className={`${cellClass} content-center border text-center text-[12px] text-muted ${isOver ? "border-dashed" : "animate-safelight bg-raised"}`}
        >
          {prediction && isEmptied(prediction) ? "Images deleted" : null}
        </span>
      ))}
      {items.length > maxShown ? (
        <span className="text-[12px] text-muted tabular-nums max-md:hidden">+{items.length - maxShown}</span>
      ) : null}
    </div>
  );
}
