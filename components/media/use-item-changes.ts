import { useCallback, useState } from "react";
import type { MediaItem } from "./media-item";

/** The user's changes to a saved file since the page was loaded. */
export type ItemChange = Partial<Pick<MediaItem, "favorite" | "alt" | "share_token">> & { isDeleted?: boolean };
/** The changes, by the id of the file. */
export type ItemChanges = ReadonlyMap<string, ItemChange>;

/** Applies the changes to the items. An item without changes stays the same object. */
export function withChanges<Item extends { id: string | null }>(items: Item[], changes: ItemChanges): Item[] {
  return items.flatMap((item) => {
    const change = item.id && changes.get(item.id);
    if (!change) return [item];
    const { isDeleted, ...changed } = change;
    return isDeleted ? [] : [{ ...item, ...changed }];
  });
}

/**
 * Stores the changes to the files of a page. `undo` contains the props of `UndoBar` while the bar must be shown; otherwise it is
 * null. The bar also announces to screen readers that files were deleted.
 */
export function useItemChanges() {
  const [changes, setChanges] = useState<ItemChanges>(new Map());
  const [deleted, setDeleted] = useState<{ ids: string[]; noun: string } | null>(null);

  const change = useCallback((ids: string[], changed: ItemChange) => {
    setChanges((known) => new Map([...known, ...ids.map((id) => [id, { ...known.get(id), ...changed }] as const)]));
  }, []);

  const remove = useCallback(
    (ids: string[], noun: string) => {
      change(ids, { isDeleted: true });
      // If the bar is still shown for an earlier deletion, Undo restores the files of both deletions.
      setDeleted((known) =>
        known ? { ids: [...known.ids, ...ids], noun: known.noun === noun ? noun : "file" } : { ids, noun },
      );
    },
    [change],
  );

  return {
    changes,
    change,
    remove,
    undo: deleted && {
      ...deleted,
      onRestored: (ids: string[]) => change(ids, { isDeleted: false }),
      onEnd: () => setDeleted((known) => (known === deleted ? null : known)),
    },
  };
}
