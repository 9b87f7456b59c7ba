import { useMemo, useState } from "react";
import type { Picture } from "@/components/prediction/picture";
import { announce } from "@/components/ui/live-region";
import { restoreAll } from "./change-picture";
import type { PictureChange } from "./picture-actions";

/** The newest deletion, and whether taking it back did not get through. */
type Undoable = { keys: string[]; hasFailed: boolean };

/** What was done to the pictures of this page since they were loaded, and taking back the newest deletion. */
export function useChanges(loaded: Picture[]) {
  const [changes, setChanges] = useState<ReadonlyMap<string, PictureChange>>(new Map());
  const [deleted, setDeleted] = useState<ReadonlySet<string>>(new Set());
  const [undoable, setUndoable] = useState<Undoable | null>(null);

  async function undo() {
    if (!undoable) return;
    setUndoable(null);
    const { restored, unanswered } = await restoreAll(undoable.keys);
    setDeleted((keys) => new Set([...keys].filter((key) => !restored.includes(key))));
    if (unanswered.length > 0) {
      setUndoable({ keys: unanswered, hasFailed: true });
      announce("That did not get through. It can still be undone");
    } else if (restored.length < undoable.keys.length) announce("It is too late to bring all of it back");
    else announce(restored.length === 1 ? "The picture is back" : `${restored.length} pictures are back`);
  }

  return {
    pictures: useMemo(
      () =>
        loaded
          .filter(({ key }) => !deleted.has(key))
          .map((picture) => (changes.has(picture.key) ? { ...picture, ...changes.get(picture.key) } : picture)),
      [loaded, deleted, changes],
    ),
    change: (key: string, change: PictureChange) =>
      setChanges((known) => new Map(known).set(key, { ...known.get(key), ...change })),
    remove: (gone: string[]) => {
      setDeleted((keys) => new Set([...keys, ...gone]));
      setUndoable({ keys: gone, hasFailed: false });
      announce(gone.length === 1 ? "Deleted" : `${gone.length} pictures deleted`);
    },
    undoable,
    undo,
    forget: () => setUndoable(null),
  };
}
