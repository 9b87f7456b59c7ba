"use client";

import { type RefObject, useEffect, useEffectEvent, useState } from "react";

type MediaDropProps = {
  box: RefObject<HTMLElement | null>;
  /** What is pasted, or dropped outside of any such box, is for this one. */
  isFirst: boolean;
  onPath: (path: string) => void;
  onFiles: (files: File[]) => void;
};

/** Marks a box that takes images. */
const mark = "data-images";

/**
 * Gives an input what is dropped on its box or, if it is the first, pasted or dropped anywhere on the page, unless a text
 * takes it or somebody has taken it before. Shows when something is held over the box.
 */
export function MediaDrop({ box, isFirst, onPath, onFiles }: MediaDropProps) {
  const [isOver, setOver] = useState(false);

  /** False: there is no image in it. */
  const take = useEffectEvent((data: DataTransfer | null) => {
    const path = ownPath(data?.getData("text/uri-list") || "none");
    const files = [...(data?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
    if (!path && files.length === 0) return false;
    // What came from anywhere on the page must be seen where it went.
    const details = box.current?.closest("details");
    if (details) details.open = true;
    if (path) onPath(path);
    else onFiles(files);
    return true;
  });

  useEffect(() => {
    box.current?.setAttribute(mark, "");
    const boxOf = ({ target }: Event) => (target instanceof Element ? target.closest(`[${mark}]`) : null);
    const onPaste = (event: ClipboardEvent) => {
      const isText = event.clipboardData?.types.includes("text/plain");
      if (!isText && !document.querySelector("dialog[open]") && take(event.clipboardData)) event.preventDefault();
    };
    // Without this the browser would leave the page and show the file.
    const onDragOver = (event: DragEvent) => {
      const over = boxOf(event);
      const isElsewhere = !over && isFirst && event.dataTransfer?.types.includes("Files");
      setOver(over === box.current);
      if (over === box.current || isElsewhere) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      const over = boxOf(event);
      setOver(false);
      if (over === box.current) event.preventDefault();
      else if (over || !isFirst || event.defaultPrevented) return;
      if (take(event.dataTransfer)) event.preventDefault();
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

/** The path of one of the person's own images, where `address` is the address of one; else null. */
function ownPath(address: string) {
  const url = URL.parse(address, location.href);
  const isOwn = url?.origin === location.origin && /^\/api\/(media|uploads)\/[0-9a-f-]{36}$/.test(url.pathname);
  return isOwn ? url.pathname : null;
}
