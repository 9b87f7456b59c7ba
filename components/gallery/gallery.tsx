"use client";

import { useCallback, useMemo, useState } from "react";
import dynamic from "next/dynamic";
import { pictureOf } from "@/components/prediction/kept-picture";
import type { GalleryFilter } from "@/lib/images/schema";
import { OlderLink } from "@/components/ui/older-link";
import { galleryAddress } from "./gallery-address";
import { PictureTile } from "./picture-tile";
import { UndoBar } from "./undo-bar";
import { useChanges } from "./use-changes";
import { type ImagePage, type LoadOlder, useOlder } from "./use-older";
import { useSelection } from "./use-selection";

type GalleryProps = {
  first: ImagePage;
  filter: GalleryFilter;
  /** The model that makes pictures larger; null: none is offered here. */
  upscaler?: string | null;
  loadOlder: LoadOlder;
};

/** How many pictures before the end the viewer asks for more. */
const ahead = 3;

const loadViewer = () => import("./own-viewer").then((file) => file.OwnViewer);
// Not on the server, and so in a boundary of their own: what opens them shows at once, also while they are on their way.
const OwnViewer = dynamic(loadViewer, { ssr: false });
const SelectionBar = dynamic(() => import("./selection-bar").then((file) => file.SelectionBar), { ssr: false });

/** The pictures in rows, newest first, what can be done with several of them, and the viewer over them. */
export function Gallery({ first, filter, upscaler = null, loadOlder }: GalleryProps) {
  const { images, next, state, load } = useOlder(first, filter, loadOlder);
  const [opened, setOpened] = useState<string | null>(null);
  const loaded = useMemo(() => images.map((image) => pictureOf(image)), [images]);
  const { pictures, change, remove, undoable, undo, forget } = useChanges(loaded);
  const keys = useMemo(() => pictures.map(({ key }) => key), [pictures]);
  const { selected, isSelected, toggle, selectAll, clear } = useSelection(keys);
  const openTile = useCallback((key: string) => setOpened(key), []);

  function step(key: string | null) {
    setOpened(key);
    if (key && keys.slice(-ahead).includes(key)) load();
  }

  return (
    <>
      <ul
        aria-label="Pictures"
        className="flex flex-wrap gap-1.5 [--row:9rem] after:grow-[1000000] sm:[--row:15rem]"
        // The viewer is on its way before the first click.
        onPointerEnter={() => void loadViewer()}
      >
        {pictures.map((picture) => (
          <PictureTile
            key={picture.key}
            picture={picture}
            isSelected={isSelected(picture.key)}
            isSelecting={selected.length > 0}
            onOpen={openTile}
            onSelect={toggle}
          />
        ))}
      </ul>
      {next ? <OlderLink things="pictures" href={galleryAddress(filter, next)} state={state} onReach={load} /> : null}
      {pictures.length === 0 && !next ? <p className="py-20 text-center text-muted">Nothing is left here.</p> : null}
      {opened === null ? null : (
        <OwnViewer
          pictures={pictures}
          upscaler={upscaler}
          openKey={opened}
          onStep={step}
          onChange={change}
          onDelete={(key) => remove([key])}
        />
      )}
      {selected.length > 0 ? (
        <SelectionBar
          ids={selected}
          loaded={keys.length}
          onSelectAll={selectAll}
          onClear={clear}
          onDelete={(deleted) => {
            clear();
            remove(deleted);
          }}
        />
      ) : undoable ? (
        <UndoBar
          key={undoable.keys.join()}
          count={undoable.keys.length}
          hasFailed={undoable.hasFailed}
          onUndo={() => void undo()}
          onEnd={forget}
        />
      ) : null}
    </>
  );
}
