import { useCallback, useState } from "react";
import type { Change, Changes } from "@/components/media/item-changes";
import { announce } from "@/components/ui/live-region";

/** What is done with the images of a page, and what was deleted, as `UndoBar` takes it, while it can be taken back. */
export function useItemChanges() {
  const [changes, setChanges] = useState<Changes>(new Map());
  const [deleted, setDeleted] = useState<string[] | null>(null);

  const change = useCallback((ids: string[], changed: Change) => {
    setChanges((known) => new Map([...known, ...ids.map((id) => [id, { ...known.get(id), ...changed }] as const)]));
  }, []);

  const remove = useCallback(
    (ids: string[]) => {
      change(ids, { isDeleted: true });
      // What was deleted a moment ago is taken back with it.
      setDeleted((known) => [...(known ?? []), ...ids]);
      announce(ids.length === 1 ? "Deleted" : `${ids.length} images deleted`);
    },
    [change],
  );

  return {
    changes,
    change,
    remove,
    undo: deleted && {
      ids: deleted,
      onRestored: (ids: string[]) => change(ids, { isDeleted: false }),
      onEnd: () => setDeleted((known) => (known === deleted ? null : known)),
    },
  };
}
