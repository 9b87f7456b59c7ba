"use client";

import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { altOf } from "@/components/media/describe";
import { openOnPlainClick } from "@/components/media/open-item";
import type { MediaItem } from "@/components/media/media-item";

type ResultImageProps = { item: MediaItem; ratio: number; isFresh: boolean; onOpen: () => void };

/**
 * A finished image in the feed. `isFresh`: the user saw the job running. In this case, the image appears only when it is decoded.
 * It also keeps its first URL even after the file is saved, because the new URL would only load the same image again.
 */
export function ResultImage({ item, ratio, isFresh, onOpen }: ResultImageProps) {
  const [first] = useState(item.src);
  const [isBroken, setBroken] = useState(false);
  const [isDecoded, setDecoded] = useState(false);
  const [isLoaded, setLoaded] = useState(isFresh);
  const image = useRef<HTMLImageElement>(null);

  // A visible image would be decoded many times while it loads, so it stays invisible until it is decoded.
  useEffect(() => {
    const showImage = () => flushSync(() => setDecoded(true));
    if (isFresh) void image.current?.decode().then(showImage, showImage);
  }, [isFresh]);
  useEffect(() => {
    // The image may have loaded before `onLoad` was attached.
    if (image.current?.complete) setLoaded(true);
  }, []);
  const appearance = isFresh && (isDecoded ? "animate-develop" : "invisible");

  return (
    <a
      href={item.src}
      className="block overflow-hidden rounded bg-raised -outline-offset-2"
      style={{ aspectRatio: ratio, backgroundColor: (!isLoaded && item.placeholder) || undefined }}
      onClick={(event) => openOnPlainClick(event, onOpen)}
    >
      <img
        ref={image}
        src={isFresh && !isBroken ? first : item.src}
        alt={altOf(item)}
        width={item.width ?? undefined}
        height={item.height ?? undefined}
        decoding="async"
        loading={isFresh ? "eager" : "lazy"}
        fetchPriority={isFresh ? "high" : "auto"}
        className={`size-full bg-cover object-contain ${appearance || ""}`}
        style={isFresh || item.thumb === item.src ? undefined : { backgroundImage: `url("${item.thumb}")` }}
        onLoad={() => setLoaded(true)}
        // Replicate deletes its files after an hour. If the file at Replicate cannot be loaded, the saved file is shown.
        onError={() => setBroken(true)}
      />
    </a>
  );
}
