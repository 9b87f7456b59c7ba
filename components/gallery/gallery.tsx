"use client";

import { useState } from "react";
import { pictureOf } from "@/components/prediction/picture";
import type { GalleryImage } from "@/lib/images/schema";
import { OlderLink } from "./older-link";
import { PictureActions } from "./picture-actions";
import { PictureTile } from "./picture-tile";
import { PictureViewer } from "./picture-viewer";
import { UndoBar } from "./undo-bar";
import { useChanges } from "./use-changes";
import { type ImagePage, type LoadOlder, useOlder } from "./use-older";

type GalleryProps = { first: ImagePage; query: string; loadOlder: LoadOlder };

/** How many pictures before the end the viewer asks for more. */
const ahead = 3;

/** The pictures in rows, newest first, and the viewer over them. */
export function Gallery({ first, query, loadOlder }: GalleryProps) {
  const { images, next, state, load } = useOlder(first, query, loadOlder);
  const [opened, setOpened] = useState<string | null>(null);
  const { pictures, change, remove, undoable, undo, forget } = useChanges(
    images.map((image: GalleryImage) => pictureOf(image)),
  );

  function open(key: string | null) {
    setOpened(key);
    const isNearEnd = pictures.slice(-ahead).some((picture) => picture.key === key);
    if (key && isNearEnd) load();
  }

  return (
    <>
      <ul className="flex flex-wrap gap-1.5 [--row:9rem] after:grow-[1000000] sm:[--row:15rem]">
        {pictures.map((picture) => (
          <PictureTile key={picture.key} picture={picture} onOpen={() => open(picture.key)} />
        ))}
      </ul>
      {next ? <OlderLink cursor={next} query={query} state={state} onReach={load} /> : null}
      <PictureViewer
        pictures={pictures}
        openKey={opened}
        onChange={open}
        actions={({ key, id, favorite, shareToken }, close) =>
          id ? (
            <PictureActions
              key={key}
              id={id}
              isFavorite={favorite ?? false}
              shareToken={shareToken ?? null}
              onChange={(changed) => change(key, changed)}
              onDelete={() => {
                close();
                setOpened(null);
                remove(key);
              }}
            />
          ) : null
        }
      />
      {undoable ? <UndoBar key={undoable} onUndo={() => void undo()} onEnd={forget} /> : null}
    </>
  );
}
