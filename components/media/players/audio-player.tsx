"use client";

import { useState } from "react";
import { CannotShow } from "@/components/media/files/cannot-show";
import type { MediaViewProps } from "@/components/media/media-view";
import { Waveform } from "./waveform";

/** A sound with the browser's controls, below its waveform. */
export function AudioPlayer({ media: { src, bytes }, label, download }: MediaViewProps) {
  const [share, setShare] = useState(0);
  const [isUnplayable, setUnplayable] = useState(false);

  if (isUnplayable) return <CannotShow download={download}>This browser cannot play this sound.</CannotShow>;
  return (
    <div className="flex w-full max-w-2xl flex-col gap-4 rounded border bg-surface p-4">
      <Waveform src={src} bytes={bytes} playedShare={share} />
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- there are no captions of generated sounds */}
      <audio
        controls
        preload="metadata"
        src={src}
        aria-label={label}
        className="w-full"
        onTimeUpdate={({ currentTarget: { currentTime, duration } }) => setShare(currentTime / duration || 0)}
        onError={() => setUnplayable(true)}
      />
    </div>
  );
}
