import { useEffect, useEffectEvent } from "react";

/** Gives `take` what is pasted or dropped anywhere on the page, unless a text takes it or somebody has taken it before. */
export function usePageDrop(isOn: boolean, take: (data: DataTransfer | null) => boolean) {
  const takeNow = useEffectEvent(take);

  useEffect(() => {
    if (!isOn) return;
    const onPaste = (event: ClipboardEvent) => {
      const isText = event.clipboardData?.types.includes("text/plain");
      if (!isText && !document.querySelector("dialog[open]") && takeNow(event.clipboardData)) event.preventDefault();
    };
    // Without this the browser would leave the page and show the file.
    const onDragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      if (!event.defaultPrevented && takeNow(event.dataTransfer)) event.preventDefault();
    };
    document.addEventListener("paste", onPaste);
    document.addEventListener("dragover", onDragOver);
    document.addEventListener("drop", onDrop);
    return () => {
      document.removeEventListener("paste", onPaste);
      document.removeEventListener("dragover", onDragOver);
      document.removeEventListener("drop", onDrop);
    };
  }, [isOn]);
}
