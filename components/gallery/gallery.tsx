"use client";

import { useState } from "react";
import { pictureOf } from "@/components/prediction/picture";
import type { GalleryImage } from "@/lib/images/schema";
import { OlderLink } from "./older-link";
import { PictureTile } from "./picture-tile";
import { PictureViewer } from "./picture-viewer";
import { type ImagePage, type LoadOlder, useOlder } from "./use-older";

type GalleryProps = { first: ImagePage; query: string; loadOlder: LoadOlder };

/** How many pictures before the end the viewer asks for more. */
const ahead = 3;

/** The pictures in rows, newest first, and the viewer over them. */
export function Gallery({ first, query, loadOlder }: GalleryProps) {
  const { images, next, state, load } = useOlder(first, query, loadOlder);
  const [opened, setOpened] = useState<string | null>(null);
  const pictures = images.map((image: GalleryImage) => pictureOf(image));

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
      <PictureViewer pictures={pictures} openKey={opened} onChange={open} />
    </>
  );
}
