import { useEffect, useEffectEvent, useState } from "react";
import type { MediaItem } from "@/components/media/item";
import { type ItemChanges, withChanges } from "@/components/media/item-changes";

/** Asks the server for the image with this key and those shown beside it. Empty when the image is gone. */
export type FindItems = (key: string) => Promise<MediaItem[]>;

type Missing = { key: string; why: "gone" | "unreachable" };

/**
 * The images around the open one: those of the page, or those that the server finds. `missing` says why there are none.
 */
export function useFoundItems(items: MediaItem[], openKey: string | null, find: FindItems, changes: ItemChanges) {
  const [found, setFound] = useState<MediaItem[]>([]);
  const [missing, setMissing] = useState<Missing | null>(null);
  const shown = [items, withChanges(found, changes)].find((some) => some.some(({ key }) => key === openKey));
  const keyToFind = openKey !== null && !shown && missing?.key !== openKey ? openKey : null;
  const ask = useEffectEvent(find);

  useEffect(() => {
    if (keyToFind === null) return;
    let isOver = false;
    const finish = (answer: MediaItem[] | null) => {
      if (isOver) return;
      if (answer?.some(({ key }) => key === keyToFind)) setFound(answer);
      else setMissing({ key: keyToFind, why: answer ? "gone" : "unreachable" });
    };
    ask(keyToFind).then(finish, () => finish(null));
    return () => {
      isOver = true;
    };
  }, [keyToFind]);

  return {
    shown: shown ?? [],
    missing: !shown && missing?.key === openKey ? missing.why : null,
    askAgain: () => setMissing(null),
    /** Puts an image in the place of the open one, among the same neighbours. Open it afterwards. */
    replaceOpen: (item: MediaItem) => setFound(shown?.map((one) => (one.key === openKey ? item : one)) ?? []),
  };
}
