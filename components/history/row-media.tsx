"use client";

import { FileText, ImageOff } from "lucide-react";
import { type Job, placeholderCount } from "@/components/jobs/job";
import { altOf } from "@/components/media/describe";
import { openOnPlainClick } from "@/components/media/open-item";
import { hasData, isEmptied, type MediaItem, mediaItemsOf } from "@/components/media/media-item";
import { MediaThumb } from "@/components/media/media-thumb";
import { isActive } from "@/lib/predictions/status";

const maxShown = 4;
// Phones show only the first file.
const cellClass = "block aspect-square overflow-hidden rounded-sm not-first:max-md:hidden";

/**
 * Thumbnails of a prediction's files. Until there are files, placeholders are shown. If the prediction has ended without files, an
 * icon is shown. If all its files were deleted, the word "Deleted" is shown.
 */
export function RowMedia({ job, onOpen }: { job: Job; onOpen: (item: MediaItem) => void }) {
  const { prediction, problem, request } = job;
  const items = prediction ? mediaItemsOf(prediction) : [];
  const isOver = problem !== null || (prediction !== null && !isActive(prediction));
  const isData = prediction !== null && hasData(prediction);
  const Icon = isData ? FileText : ImageOff;
  const placeholders = items.length > 0 || isOver ? 0 : Math.min(placeholderCount(request), maxShown);
  return (
    // A single file fills the box. Several files share the box in two columns.
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
          <MediaThumb item={item} label={altOf(item)} />
        </a>
      ))}
      {Array.from({ length: placeholders }, (_, index) => (
        <span key={index} className={`${cellClass} animate-safelight border bg-raised`} />
      ))}
      {items.length === 0 && isOver ? (
        <span
          className={`${cellClass} content-center text-center text-[12px] text-muted ${isData ? "bg-raised" : "border border-dashed"}`}
        >
          {prediction && isEmptied(prediction) ? (
            "Deleted"
          ) : (
            <Icon aria-hidden className="mx-auto size-5" strokeWidth={1.5} />
          )}
        </span>
      ) : null}
      {items.length > maxShown ? (
        <span className="text-[12px] text-muted tabular-nums max-md:hidden">+{items.length - maxShown}</span>
      ) : null}
    </div>
  );
}
