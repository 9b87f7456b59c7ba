import { type RefObject, useEffect, useEffectEvent } from "react";
import type { Field } from "@/lib/models/inputs/fields";
import { addTarget } from "./files/drop-targets";

type DropAndPasteProps = {
  box: RefObject<HTMLElement | null>;
  field: Field;
  /** If true, a file that is pasted, or dropped outside all fields, goes to this field even if other fields take it too. */
  isFirst: boolean;
  onPath: (path: string) => void;
  onFiles: (files: File[]) => void;
};

/** Passes files to a field: files that are dropped on its `box` or on the page, or pasted. Shows nothing. */
export function DropAndPaste({ box, field, isFirst, onPath, onFiles }: DropAndPasteProps) {
  const addPath = useEffectEvent(onPath);
  const addFiles = useEffectEvent(onFiles);

  useEffect(() => {
    if (!box.current) return;
    return addTarget({
      box: box.current,
      field,
      isFirst,
      addPath: (path) => addPath(path),
      addFiles: (files) => addFiles(files),
    });
  }, [box, field, isFirst]);

  return null;
}
