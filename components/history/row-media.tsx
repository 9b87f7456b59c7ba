"use client";

import { type Job, placeholderCount } from "@/components/jobs/job";
import { describe } from "@/components/media/describe";
import { openOnPlainClick } from "@/components/media/open-item";
import type { MediaItem } from "@/components/media/media-item";
import { isActive } from "@/lib/predictions/status";
import { availableItems } from "./row-facts";

const maxShown = 4;
// One image fills the box, and several images share it. Phones show only the first image.
const boxClass = "row-span-3 grid w-20 grid-cols-1 gap-1 self-start md:row-span-1 md:w-25";
const cellClass = "block aspect-square overflow-hidden rounded-sm";
const columnsFor = (count: number) => (count > 1 ? "md:grid-cols-2" : "");

/** Thumbnails of the images, or placeholders while there are none. */
export function RowMedia({ job, onOpen }: { job: Job; onOpen: (item: MediaItem) => void }) {
  const { prediction, request } = job;
  const items = prediction ? availableItems(prediction) : [];
  const more = items.length - maxShown;
  const isOver = job.problem !== null || (prediction !== null && !isActive(prediction));
  if (items.length === 0) return <Placeholders count={isOver ? 1 : placeholderCount(request)} isRunning={!isOver} />;
  return (
    <div className={`${boxClass} ${columnsFor(items.length)}`}>
      {items.slice(0, maxShown).map((item, index) => (
        <a
          key={item.key}
          href={item.src}
          className={`${cellClass} bg-raised transition-opacity hover:opacity-90 ${index > 0 ? "max-md:hidden" : ""}`}
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
      {more > 0 ? <span className="text-[12px] text-muted tabular-nums max-md:hidden">+{more}</span> : null}
    </div>
  );
}

function Placeholders({ count, isRunning }: { count: number; isRunning: boolean }) {
  return (
    <div aria-hidden className={`${boxClass} ${columnsFor(count)}`}>
      {Array.from({ length: Math.min(count, maxShown) }, (_, index) => (
        <span
          key={index}
          className={`${cellClass} border ${isRunning ? "animate-safelight bg-raised" : "border-dashed"} ${index > 0 ? "max-md:hidden" : ""}`}
        />
      ))}
    </div>
  );
}
