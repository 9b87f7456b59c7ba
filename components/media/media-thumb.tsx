import type { ReactNode } from "react";
import { AudioLines, Box, File, Film, ImageOff, type LucideIcon } from "lucide-react";
import { formatDuration } from "@/components/ui/format";
import type { MediaKind } from "@/lib/media/schema";
import { isDamaged, typeOf } from "./files/file-facts";
import { nounOf } from "./kind";
import type { MediaItem } from "./media-item";

export const kindIcons: Record<MediaKind, LucideIcon> = {
  image: ImageOff,
  video: Film,
  audio: AudioLines,
  model3d: Box,
  file: File,
};

/** Shows a small version of an image, or of a video's poster. For any other file, shows a plain tile. */
export function MediaThumb({ item, label, children }: { item: MediaItem; label: string; children?: ReactNode }) {
  const { thumb, kind, content_type: type, width, height } = item;
  const Icon = kindIcons[kind];
  if (thumb === null || isDamaged(item)) {
    return (
      <span className="grid size-full place-content-center justify-items-center gap-2 p-3 text-center text-[13px] text-muted">
        {children ?? (
          <>
            <Icon aria-hidden className="size-5" strokeWidth={1.5} />
            <span className="sr-only">{label}</span>
          </>
        )}
      </span>
    );
  }
  return (
    <img
      src={thumb}
      alt={label}
      width={width ?? undefined}
      height={height ?? undefined}
      loading="lazy"
      decoding="async"
      className={`size-full object-cover ${type === "image/svg+xml" ? "bg-checkers" : ""}`}
    />
  );
}

/** Shows the kind and the duration of a file. If it has no duration, shows its type instead. Shows nothing for an image. */
export function KindBadge({ item }: { item: MediaItem }) {
  const { kind, duration_ms: duration } = item;
  const Icon = kindIcons[kind];
  if (kind === "image") return null;
  return (
    <span className="pointer-events-none absolute bottom-2 left-2 flex items-center gap-1.5 rounded-sm bg-ground px-1.5 py-0.5 font-mono text-[12px] text-ink tabular-nums">
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">, {nounOf([kind])}, </span>
      {duration === null ? typeOf(item) : formatDuration(duration)}
    </span>
  );
}
