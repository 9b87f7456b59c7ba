"use client";

import { countOf } from "@/components/media/aspect-ratio";
import type { Job } from "@/components/jobs/job";
import { describe } from "@/components/media/describe";
import { openInPlace } from "@/components/media/open-in-address";
import type { MediaItem } from "@/components/media/item";
import { isActive } from "@/lib/predictions/parse-logs";
import { savedItems } from "./row-facts";

const shown = 4;
// One image fills the place, several share it; on a phone the first one fills it.
const place = "row-span-3 grid w-20 grid-cols-1 gap-1 self-start md:row-span-1 md:w-25";
const box = "block aspect-square overflow-hidden rounded-sm";
const columnsFor = (count: number) => (count > 1 ? "md:grid-cols-2" : "");

/** Its images, small; on a phone the first one only. Each leads to the image itself. */
export function RowMedia({ job, onOpen }: { job: Job; onOpen: (item: MediaItem) => void }) {
  const { prediction, request } = job;
  const items = prediction ? savedItems(prediction) : [];
  const more = items.length - shown;
  const isOver = job.problem !== null || (prediction !== null && !isActive(prediction));
  if (items.length === 0) return <Places count={isOver ? 1 : countOf(request.input)} isRunning={!isOver} />;
  return (
    <div className={`${place} ${columnsFor(items.length)}`}>
      {items.slice(0, shown).map((item, index) => (
        <a
          key={item.key}
          href={item.src}
          className={`${box} bg-raised transition-opacity hover:opacity-90 ${index > 0 ? "max-md:hidden" : ""}`}
          onClick={(event) => openInPlace(event, () => onOpen(item))}
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

/** Where images will be, or would have been. */
function Places({ count, isRunning }: { count: number; isRunning: boolean }) {
  return (
    <div aria-hidden className={`${place} ${columnsFor(count)}`}>
      {Array.from({ length: Math.min(count, shown) }, (_, index) => (
        <span
          key={index}
          className={`${box} border ${isRunning ? "animate-safelight bg-raised" : "border-dashed"} ${index > 0 ? "max-md:hidden" : ""}`}
        />
      ))}
    </div>
  );
}
