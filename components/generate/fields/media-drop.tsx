"use client";

import { type RefObject, useEffect, useEffectEvent, useState } from "react";

type MediaDropProps = {
  box: RefObject<HTMLElement | null>;
  /** Whether it takes what is pasted, or dropped outside of any box. */
  isFirst: boolean;
  onPath: (path: string) => void;
  onFiles: (files: File[]) => void;
};

/** Marks the boxes that take images. */
const marker = "data-takes-media";

/**
 * Passes on images that are dropped on its box and outlines the box meanwhile. The first box of a form also gets those that
 * are pasted or dropped anywhere else on the page.
 */
export function MediaDrop({ box, isFirst, onPath, onFiles }: MediaDropProps) {
  const [isOver, setOver] = useState(false);

  /** False when there is no image in it. */
  const takeMedia = useEffectEvent((data: DataTransfer | null) => {
    const path = ownPath(data?.getData("text/uri-list") || "none");
    const files = [...(data?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
    if (!path && files.length === 0) return false;
    // Shows where an image from elsewhere on the page went.
    const details = box.current?.closest("details");
    if (details) details.open = true;
    if (path) onPath(path);
    else onFiles(files);
    return true;
  });

  useEffect(() => {
    box.current?.setAttribute(marker, "");
    const boxOf = ({ target }: Event) => (target instanceof Element ? target.closest(`[${marker}]`) : null);
    const onPaste = (event: ClipboardEvent) => {
      const isText = event.clipboardData?.types.includes("text/plain");
      if (!isText && !document.querySelector("dialog[open]") && takeMedia(event.clipboardData)) event.preventDefault();
    };
    // Otherwise the browser leaves the page to show the file.
    const onDragOver = (event: DragEvent) => {
      const over = boxOf(event);
      const isForFirst = !over && isFirst && event.dataTransfer?.types.includes("Files");
      setOver(over === box.current);
      if (over === box.current || isForFirst) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      const over = boxOf(event);
      setOver(false);
      if (over === box.current) event.preventDefault();
      else if (over || !isFirst || event.defaultPrevented) return;
      if (takeMedia(event.dataTransfer)) event.preventDefault();
    };
    const onDragLeave = () => setOver(false);
    if (isFirst) document.addEventListener("paste", onPaste);
    document.addEventListener("dragover", onDragOver);
    document.addEventListener("dragleave", onDragLeave);
    document.addEventListener("drop", onDrop);
    return () => {
      document.removeEventListener("paste", onPaste);
      document.removeEventListener("dragover", onDragOver);
      document.removeEventListener("dragleave", onDragLeave);
      document.removeEventListener("drop", onDrop);
    };
  }, [box, isFirst]);

  return isOver ? (
    <span aria-hidden className="pointer-events-none absolute -inset-1.5 rounded-sm outline-2 outline-accent" />
  ) : null;
}

/** The path of the user's own image at this address; null for any other address. */
function ownPath(address: string) {
  const url = URL.parse(address, location.href);
  const isOwn = url?.origin === location.origin && /^\/api\/(media|uploads)\/[0-9a-f-]{36}$/.test(url.pathname);
  return isOwn ? url.pathname : null;
}
