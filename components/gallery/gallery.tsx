"use client";

import { type ReactNode, useMemo } from "react";
import dynamic from "next/dynamic";
import { withChanges } from "@/components/prediction/changes";
import { openPicture, useOpenedPicture } from "@/components/prediction/open-picture";
import { pictureOf } from "@/components/prediction/kept-picture";
import type { GalleryFilter, GalleryImage } from "@/lib/images/schema";
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
  /** The picture of this id, none when it is gone; null: the person is signed out. */
  findPicture: (id: string) => Promise<GalleryImage[] | null>;
  /** Shown while there are none. */
  children?: ReactNode;
};

/** How many pictures before the end the viewer asks for more. */
const ahead = 3;

const loadViewer = () => import("./own-viewer").then((file) => file.OwnViewer);
// Not on the server, and so in a boundary of their own: what opens them shows at once, also while they are on their way.
const OwnViewer = dynamic(loadViewer, { ssr: false });
const SelectionBar = dynamic(() => import("./selection-bar").then((file) => file.SelectionBar), { ssr: false });

/** The pictures in rows, newest first, what can be done with several of them, and the viewer over them. */
export function Gallery({ first, filter, upscaler = null, loadOlder, findPicture, children }: GalleryProps) {
  const { images, next, state, load } = useOlder(first, filter, loadOlder);
  const opened = useOpenedPicture();
  const loaded = useMemo(() => images.map((image) => pictureOf(image)), [images]);
  const { changes, change, remove, undo } = useChanges();
  const pictures = useMemo(() => withChanges(loaded, changes), [loaded, changes]);
  const keys = useMemo(() => pictures.map(({ key }) => key), [pictures]);
  const { selected, isSelected, toggle, selectAll, clear } = useSelection(keys);

  function step(key: string) {
    openPicture(key);
    if (keys.slice(-ahead).includes(key)) load();
  }

  async function find(id: string) {
    const found = await findPicture(id);
    if (!found) throw new TypeError("Signed out.");
    return found.map(pictureOf);
  }

  return (
    <>
      {pictures.length > 0 ? (
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
              onOpen={openPicture}
              onSelect={toggle}
            />
          ))}
        </ul>
      ) : null}
      {next ? <OlderLink things="pictures" href={galleryAddress(filter, next)} state={state} onReach={load} /> : null}
      {pictures.length === 0 && !next
        ? (children ?? <p className="py-20 text-center text-muted">Nothing is left here.</p>)
        : null}
      {opened === null ? null : (
        <OwnViewer
          pictures={pictures}
          find={find}
          changes={changes}
          upscaler={upscaler}
          openKey={opened}
          onStep={step}
          onChange={change}
          onDelete={remove}
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
      ) : undo ? (
        <UndoBar key={undo.ids.join()} {...undo} />
      ) : null}
    </>
  );
}
