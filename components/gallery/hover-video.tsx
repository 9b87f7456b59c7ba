// This file is loaded when the pointer is over a video for the first time.

import { useEffect, useRef } from "react";
import { sendPoster } from "@/components/media/players/send-poster";
import type { MediaItem } from "@/components/media/media-item";

/**
 * Plays a video on top of its tile, without sound. The video ignores the pointer, so that a click on it opens the link of the
 * tile.
 */
export function HoverVideo({ item: { id, src, thumb } }: { item: MediaItem }) {
  const video = useRef<HTMLVideoElement>(null);

  useEffect(() => {
    const element = video.current;
    return () => {
      // Ends the download. Without this, browsers continue to load a video that was removed from the page.
      element?.removeAttribute("src");
      element?.load();
    };
  }, []);

  return (
    <video
      ref={video}
      aria-hidden
      tabIndex={-1}
      autoPlay
      loop
      muted
      playsInline
      src={src}
      className="pointer-events-none absolute inset-0 size-full object-cover"
      onLoadedData={({ currentTarget }) => {
        if (id && thumb === null) void sendPoster(id, currentTarget);
      }}
    />
  );
}
