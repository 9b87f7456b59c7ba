"use client";

import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import { ownMediaIn } from "@/components/media/own-media";

type DropAndPasteProps = {
  box: RefObject<HTMLElement | null>;
  /** Whether this box also receives images that are pasted, or dropped outside all boxes. */
  isFirst: boolean;
  onPath: (path: string) => void;
  onFiles: (files: File[]) => void;
};

/**
 * Receives images that are dropped on `box`, and outlines the box while an image is dragged over it. The first box of a
 * form also receives images that are pasted, or dropped elsewhere on the page.
 */
export function DropAndPaste({ box, isFirst, onPath, onFiles }: DropAndPasteProps) {
  const [isOver, setOver] = useState(false);

  /** Returns false when `data` has no image. */
  const addMedia = useEffectEvent((data: DataTransfer | null) => {
    const path = ownPath(data?.getData("text/uri-list") || "none");
    const files = [...(data?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
    if (!path && files.length === 0) return false;
    // The user must see where the image was added.
    const details = box.current?.closest("details");
    if (details) details.open = true;
    if (path) onPath(path);
    else onFiles(files);
    return true;
  });

  useEffect(() => {
    const boxOf = ({ target }: Event) => (target instanceof Element ? target.closest("[data-takes-media]") : null);
    const onPaste = (event: ClipboardEvent) => {
      const isText = event.clipboardData?.types.includes("text/plain");
      if (!isText && !document.querySelector("dialog[open]") && addMedia(event.clipboardData)) event.preventDefault();
    };
    // Without `preventDefault`, the browser would open the dropped file in place of the page.
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
      if (addMedia(event.dataTransfer)) event.preventDefault();
    };
    const listeners = new AbortController();
    const { signal } = listeners;
    if (isFirst) document.addEventListener("paste", onPaste, { signal });
    document.addEventListener("dragover", onDragOver, { signal });
    document.addEventListener("dragleave", () => setOver(false), { signal });
    document.addEventListener("drop", onDrop, { signal });
    return () => listeners.abort();
  }, [box, isFirst]);

  return isOver ? (
    <span aria-hidden className="pointer-events-none absolute -inset-1.5 rounded-sm outline-2 outline-accent" />
  ) : null;
}

/** The path of the user's own image at this URL; undefined for any other URL. */
function ownPath(address: string) {
  const url = URL.parse(address, location.href);
  return url?.origin === location.origin ? ownMediaIn({ path: url.pathname })[0] : undefined;
}
