import { useEffect, useState } from "react";
import { dropState, listenForFiles } from "@/components/generate/fields/files/drop-targets";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import type { DroppedFilesProps } from "./dropped-files";

const DroppedFiles = lazyAfterLoad(() => import("./dropped-files").then((file) => file.DroppedFiles));

/**
 * Receives files that are dropped on the page or pasted. `DroppedFiles` is loaded when the first file is dragged over the page or
 * pasted.
 */
export function DropZone(props: DroppedFilesProps) {
  const [isUsed, setUsed] = useState(false);
  useEffect(() => {
    const stop = listenForFiles();
    const unsubscribe = dropState.subscribe(() => setUsed(true));
    return () => {
      unsubscribe();
      stop();
    };
  }, []);
  return isUsed ? <DroppedFiles {...props} /> : null;
}
