"use client";

import { useState } from "react";
import { openInPlace } from "@/components/prediction/open-in-place";
import type { Picture } from "@/components/prediction/picture";

type PictureFrameProps = { picture: Picture; ratio: number; isFresh: boolean; onOpen: () => void };

/**
 * A finished picture in the feed. One that was seen coming keeps the address it was first shown from: when the file is
 * saved its address changes, and a new one would load the same picture again.
 */
export function PictureFrame({ picture, ratio, isFresh, onOpen }: PictureFrameProps) {
  const [first] = useState(picture.src);
  const [isBroken, setBroken] = useState(false);
  const [isLoaded, setLoaded] = useState(false);
  const develops = isFresh && (isLoaded ? "animate-develop" : "blur-lg");

  return (
    <a
      href={picture.src}
      className="block overflow-hidden rounded bg-raised"
      style={{ aspectRatio: ratio }}
      onClick={(event) => openInPlace(event, onOpen)}
    >
      <img
        src={isFresh && !isBroken ? first : picture.src}
        alt={picture.prompt || "Picture without a prompt"}
        width={picture.width ?? undefined}
        height={picture.height ?? undefined}
        decoding="async"
        loading={isFresh ? "eager" : "lazy"}
        fetchPriority={isFresh ? "high" : "auto"}
        className={`size-full bg-cover object-contain ${develops || ""}`}
        style={isFresh || picture.thumb === picture.src ? undefined : { backgroundImage: `url("${picture.thumb}")` }}
        onLoad={() => setLoaded(true)}
        // Replicate's file may not answer, and is gone after an hour; ours comes and stays.
        onError={() => setBroken(true)}
      />
    </a>
  );
}
