import { useState } from "react";
import type { Picture } from "@/components/prediction/picture";
import { announce } from "@/components/ui/live-region";
import { restore } from "./change-picture";
import type { PictureChange } from "./picture-actions";

/** What was done to the pictures of this page since they were loaded, and taking back the newest deletion. */
export function useChanges(loaded: Picture[]) {
  const [changes, setChanges] = useState<ReadonlyMap<string, PictureChange>>(new Map());
  const [deleted, setDeleted] = useState<readonly string[]>([]);
  const [undoable, setUndoable] = useState<string | null>(null);

  async function undo() {
    if (!undoable) return;
    setUndoable(null);
    try {
      await restore(undoable);
      setDeleted((keys) => keys.filter((key) => key !== undoable));
      announce("The picture is back");
    } catch {
      announce("It is too late to bring the picture back");
    }
  }

  return {
    pictures: loaded
      .filter(({ key }) => !deleted.includes(key))
      .map((picture) => ({ ...picture, ...changes.get(picture.key) })),
    change: (key: string, change: PictureChange) =>
      setChanges((known) => new Map(known).set(key, { ...known.get(key), ...change })),
    remove: (key: string) => {
      setDeleted((keys) => [...keys, key]);
      setUndoable(key);
      announce("Deleted");
    },
    undoable,
    undo,
    forget: () => setUndoable(null),
  };
}
