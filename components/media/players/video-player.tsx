"use client";

import { useEffect, useRef, useState } from "react";
import { CannotShow } from "@/components/media/files/cannot-show";
import type { MediaViewProps } from "@/components/media/media-view";
import { sendPoster } from "./send-poster";

/** A video with the browser's controls. */
export function VideoPlayer({ media, label, className = "", isOwner = false, download }: MediaViewProps) {
  const { id, src, thumb, width, height } = media;
  const video = useRef<HTMLVideoElement>(null);
  const [shownSrc, setShownSrc] = useState(src);
  const [isUnplayable, setUnplayable] = useState(false);

  // When the file is saved, its URL changes. A video that has been played keeps the old URL, so that it is not interrupted.
  useEffect(() => {
    if (!video.current || video.current.played.length === 0) setShownSrc(src);
  }, [src]);

  if (isUnplayable) return <CannotShow download={download}>This browser cannot play this video.</CannotShow>;
  return (
    // A generated video comes without captions.
    // oxlint-disable-next-line jsx-a11y/media-has-caption
    <video
      ref={video}
      controls
      playsInline
      preload="metadata"
      src={shownSrc}
      poster={thumb ?? undefined}
      aria-label={label}
      width={width ?? undefined}
      height={height ?? undefined}
      className={`bg-raised object-contain ${className}`}
      onLoadedData={({ currentTarget }) => {
        if (isOwner && id && shownSrc === src && thumb === null) void sendPoster(id, currentTarget);
      }}
      onError={() => (shownSrc === src ? setUnplayable(true) : setShownSrc(src))}
    />
  );
}
