// This file is loaded when the first result that is not an image is shown.

import { describe } from "@/components/media/describe";
import { DownloadLink } from "@/components/media/download-link";
import type { MediaItem } from "@/components/media/media-item";
import { MediaView } from "@/components/media/media-view";

/** A finished video, sound or other file in the feed. `ratio` is the aspect ratio of a video. */
export function ResultFile({ item, ratio }: { item: MediaItem; ratio: number }) {
  const isVideo = item.kind === "video";
  return (
    <div className="overflow-hidden rounded" style={isVideo ? { aspectRatio: ratio } : undefined}>
      <MediaView
        media={item}
        label={describe(item)}
        className="size-full"
        isOwner
        download={isVideo ? <DownloadLink item={item} /> : null}
      />
    </div>
  );
}
