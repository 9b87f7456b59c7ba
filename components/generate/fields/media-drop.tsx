"use client";

import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import { ownMediaIn } from "@/components/media/paths";

type MediaDropProps = {
  box: RefObject<HTMLElement | null>;
  /** Whether it takes what is pasted, or dropped outside of any box. */
  isFirst: boolean;
  onPath: (path: string) => void;
  onFiles: (files: File[]) => void;
};

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
    const boxOf = ({ target }: Event) => (target instanceof Element ? target.closest("[data-takes-media]") : null);
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

/** The path of the user's own image at this address; undefined for any other address. */
function ownPath(address: string) {
  const url = URL.parse(address, location.href);
  return url?.origin === location.origin ? ownMediaIn({ path: url.pathname })[0] : undefined;
}
