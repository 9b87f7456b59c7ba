import { memo, type PointerEvent, useState } from "react";
import { Star } from "lucide-react";
import { isDamaged } from "@/components/media/files/file-facts";
import { altOf } from "@/components/media/describe";
import type { MediaItem } from "@/components/media/media-item";
import { KindBadge, MediaThumb } from "@/components/media/media-thumb";
import { openOnPlainClick } from "@/components/media/open-item";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";

const HoverVideo = lazyAfterLoad(() => import("./hover-video").then((file) => file.HoverVideo));

type GalleryTileProps = {
  item: MediaItem;
  isSelected: boolean;
  /** True when at least one file is selected. Then a click selects or deselects this file, and does not open it. */
  isSelecting: boolean;
  onOpen: (key: string) => void;
  onSelect: (key: string, isRange: boolean) => void;
};

/**
 * A file in a row of the gallery. The flex basis and growth of the tile follow the aspect ratio of the file, so that all files in
 * a row have the same height. A video plays while the pointer is over it.
 */
export const GalleryTile = memo(function GalleryTile({
  item,
  isSelected,
  isSelecting,
  onOpen,
  onSelect,
}: GalleryTileProps) {
  const { key, src, kind, width, height, favorite, placeholder } = item;
  const [isPlaying, setPlaying] = useState(false);
  const ratio = width && height ? width / height : kind === "image" ? 1 : 1.5;
  const name = altOf(item);
  return (
    <li
      className="group relative max-w-full"
      style={{ flexGrow: ratio, flexBasis: `calc(var(--row) * ${ratio})` }}
      onPointerEnter={(event) => setPlaying(kind === "video" && mayPlay(event))}
      onPointerLeave={() => setPlaying(false)}
    >
      {/* The size of the tile does not depend on its content, so the browser need not render tiles that are out of view. */}
      <a
        href={src}
        className={`relative block overflow-hidden rounded-sm bg-raised transition-opacity [content-visibility:auto] ${isSelected ? "outline-4 outline-offset-[-4px] outline-accent" : "hover:opacity-90"}`}
        style={{ aspectRatio: ratio, backgroundColor: placeholder ?? undefined }}
        onClick={(event) => {
          if (!isSelecting) return openOnPlainClick(event, () => onOpen(key));
          event.preventDefault();
          onSelect(key, event.shiftKey);
        }}
      >
        <MediaThumb item={item} label={name}>
          {isDamaged(item) ? (
            <span>
              <span className="sr-only">{name}: </span>This file cannot be shown.
            </span>
          ) : (
            <span className="line-clamp-4 break-words">{name}</span>
          )}
        </MediaThumb>
        {isPlaying ? <HoverVideo item={item} /> : null}
        <KindBadge item={item} />
      </a>
      <label
        className={`absolute top-0 left-0 grid size-10 cursor-pointer place-items-center transition-opacity noscript:hidden pointer-coarse:opacity-100 ${isSelecting ? "" : "opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"}`}
      >
        <input
          type="checkbox"
          aria-label={`Select: ${name}`}
          checked={isSelected}
          onChange={({ nativeEvent }) => onSelect(key, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
          className="size-5 scroll-mb-40 cursor-pointer rounded-sm accent-accent"
        />
      </label>
      {favorite ? (
        <span className="pointer-events-none absolute top-2 right-2 rounded-full bg-ground/70 p-1 text-risk">
          <Star aria-hidden className="size-3.5 fill-current" />
        </span>
      ) : null}
    </li>
  );
});

/**
 * Whether a video may play while this pointer is over it. A finger must not start the video: a tap would start it just before
 * the viewer opens.
 */
function mayPlay({ pointerType }: PointerEvent) {
  return pointerType !== "touch" && !matchMedia("(prefers-reduced-motion: reduce)").matches;
}
