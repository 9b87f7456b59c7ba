import { useEffect, useEffectEvent, useState } from "react";
import { type ItemChanges, withChanges } from "@/components/media/item-changes";
import type { MediaItem } from "@/components/media/item";

/** Asks the server for the image of this key, and those that belong to it; none when it is gone. */
export type FindItems = (key: string) => Promise<MediaItem[]>;

type Missing = { key: string; why: "gone" | "unreachable" };

/**
 * The images among which the open one is: those of the page, what was taken in the place of one of them, or what the
 * server finds. Else why there is none.
 */
export function useFoundItems(items: MediaItem[], openKey: string | null, find: FindItems, changes: ItemChanges) {
  const [found, setFound] = useState<MediaItem[]>([]);
  const [missing, setMissing] = useState<Missing | null>(null);
  const has = (some: MediaItem[]) => some.some(({ key }) => key === openKey);
  const shown = [items, withChanges(found, changes)].find(has);
  const sought = openKey !== null && !shown && missing?.key !== openKey ? openKey : null;
  const ask = useEffectEvent(find);

  useEffect(() => {
    if (sought === null) return;
    let isOver = false;
    const miss = (why: Missing["why"]) => !isOver && setMissing({ key: sought, why });
    ask(sought).then(
      (answer) => {
        if (!answer.some(({ key }) => key === sought)) miss("gone");
        else if (!isOver) setFound(answer);
      },
      () => miss("unreachable"),
    );
    return () => {
      isOver = true;
    };
  }, [sought]);

  return {
    shown: shown ?? [],
    missing: !shown && missing?.key === openKey ? missing?.why : null,
    askAgain: () => setMissing(null),
    /** Has an image that is known stand where the open one does, for when it is opened. */
    take: (item: MediaItem) => setFound(shown?.map((one) => (one.key === openKey ? item : one)) ?? []),
  };
}
