import { useCallback, useState } from "react";
import { announce } from "@/components/ui/live-region";
import { plural } from "@/components/ui/format";
import type { MediaItem } from "./media-item";

/** The user's changes to a saved image since the page was loaded. */
export type ItemChange = Partial<Pick<MediaItem, "favorite" | "share_token">> & { isDeleted?: boolean };
/** By the id of the image. */
export type ItemChanges = ReadonlyMap<string, ItemChange>;

/** Applies the changes. Unchanged images stay the same objects. */
export function withChanges<Item extends { id: string | null }>(items: Item[], changes: ItemChanges): Item[] {
  return items.flatMap((item) => {
    const change = item.id && changes.get(item.id);
    if (!change) return [item];
    const { isDeleted, ...changed } = change;
    return isDeleted ? [] : [{ ...item, ...changed }];
  });
}

/** The changes to the images of a page. `undo` has the props of `UndoBar` while a deletion can be undone. */
export function useItemChanges() {
  const [changes, setChanges] = useState<ItemChanges>(new Map());
  const [deleted, setDeleted] = useState<string[] | null>(null);

  const change = useCallback((ids: string[], changed: ItemChange) => {
    setChanges((known) => new Map([...known, ...ids.map((id) => [id, { ...known.get(id), ...changed }] as const)]));
  }, []);

  const remove = useCallback(
    (ids: string[]) => {
      change(ids, { isDeleted: true });
      // Undo also restores the images that were deleted just before.
      setDeleted((known) => [...(known ?? []), ...ids]);
      announce(ids.length === 1 ? "Image deleted" : `${plural(ids.length, "image")} deleted`);
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
