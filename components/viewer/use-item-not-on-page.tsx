import { useEffect, useEffectEvent, useState } from "react";
import type { MediaItem } from "@/components/media/media-item";
import { type ItemChanges, withChanges } from "@/components/media/use-item-changes";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { closeItem } from "./close-item";

/**
 * Requests a file that is not on the page, with the files next to it. Returns an empty list if the file does not exist any more.
 */
export type FindItems = (key: string) => Promise<MediaItem[]>;

type ItemNotOnPageProps = { items: MediaItem[]; find: FindItems; changes: ItemChanges };

/** Returns the open file and its neighbors, from the page or from the server. `missing` says why the file cannot be shown. */
export function useItemNotOnPage({ items, find, changes }: ItemNotOnPageProps, openKey: string | null) {
  const [found, setFound] = useState<MediaItem[]>([]);
  const [missing, setMissing] = useState<{ key: string; why: "gone" | "unreachable" } | null>(null);
  const shown = [items, withChanges(found, changes)].find((some) => some.some(({ key }) => key === openKey));
  const keyToFind = openKey !== null && !shown && missing?.key !== openKey ? openKey : null;
  const findNow = useEffectEvent(find);

  useEffect(() => {
    if (keyToFind === null) return;
    let isOver = false;
    const finish = (result: MediaItem[] | null) => {
      if (isOver) return;
      if (result?.some(({ key }) => key === keyToFind)) setFound(result);
      else setMissing({ key: keyToFind, why: result ? "gone" : "unreachable" });
    };
    findNow(keyToFind).then(finish, () => finish(null));
    return () => {
      isOver = true;
    };
  }, [keyToFind]);

  return {
    shown: shown ?? [],
    missing: !shown && missing?.key === openKey ? missing.why : null,
    retry: () => setMissing(null),
    /** Puts a new file in the place of the open file, between the same neighbors. The caller must then open the new file. */
    replaceOpen: (item: MediaItem) => setFound(shown?.map((one) => (one.key === openKey ? item : one)) ?? []),
  };
}

/** A dialog that explains why the file that the URL names is not shown. */
export function MissingItem({ why, onRetry }: { why: "gone" | "unreachable" | null; onRetry: () => void }) {
  const isGone = why === "gone";
  return (
    <Dialog open={why !== null} onClose={() => closeItem()} label="File">
      <div className="flex flex-col gap-4 p-6">
        <h2 className="text-lg font-medium">{isGone ? "This file was not found" : "The file could not be loaded"}</h2>
        <p className="text-sm text-pretty text-muted">
          {isGone ? "The file was deleted, or it belongs to another account." : "You may be offline, or signed out."}
        </p>
        <div className="flex gap-2">
          {isGone ? null : <Button onClick={onRetry}>Try again</Button>}
          <Button onClick={() => closeItem()}>Close</Button>
        </div>
      </div>
    </Dialog>
  );
}
