"use client";

import { type ReactNode, useMemo } from "react";
import dynamic from "next/dynamic";
import { useItemChanges, withChanges } from "@/components/media/item-changes";
import { openItem, useOpenItem } from "@/components/media/open-in-address";
import { toMediaItem } from "@/components/media/item";
import type { GalleryFilter, GalleryMedia } from "@/lib/media/schema";
import { LoadMore } from "@/components/ui/load-more";
import { galleryAddress } from "./gallery-address";
import { GalleryTile } from "./gallery-tile";
import { UndoBar } from "@/components/media/undo-bar";
import { type ImagePage, type LoadOlder, useGalleryPages } from "./use-gallery-pages";
import { useSelection } from "./use-selection";

type GalleryProps = {
  first: ImagePage;
  filter: GalleryFilter;
  /** The model that makes images larger; null: none is offered here. */
  upscaler?: string | null;
  loadOlder: LoadOlder;
  /** The image of this id, none when it is gone; null: the person is signed out. */
  findItem: (id: string) => Promise<GalleryMedia[] | null>;
  /** Shown while there are none. */
  children?: ReactNode;
};

/** How many images before the end the viewer asks for more. */
const ahead = 3;

const loadViewer = () => import("@/components/viewer/owner-viewer").then((file) => file.OwnerViewer);
// Not on the server, and so in a boundary of their own: what opens them shows at once, also while they are on their way.
const OwnerViewer = dynamic(loadViewer, { ssr: false });
const SelectionBar = dynamic(() => import("./selection-bar").then((file) => file.SelectionBar), { ssr: false });

/** The images in rows, newest first, what can be done with several of them, and the viewer over them. */
export function Gallery({ first, filter, upscaler = null, loadOlder, findItem, children }: GalleryProps) {
  const { images, next, state, load } = useGalleryPages(first, filter, loadOlder);
  const opened = useOpenItem();
  const loaded = useMemo(() => images.map((image) => toMediaItem(image)), [images]);
  const { changes, change, remove, undo } = useItemChanges();
  const items = useMemo(() => withChanges(loaded, changes), [loaded, changes]);
  const keys = useMemo(() => items.map(({ key }) => key), [items]);
  const { selected, isSelected, toggle, selectAll, clear } = useSelection(keys);

  function step(key: string) {
    openItem(key);
    if (keys.slice(-ahead).includes(key)) load();
  }

  async function find(id: string) {
    const found = await findItem(id);
    if (!found) throw new TypeError("Signed out.");
    return found.map(toMediaItem);
  }

  return (
    <>
      {items.length > 0 ? (
        <ul
          aria-label="Images"
          className="flex flex-wrap gap-1.5 [--row:9rem] after:grow-[1000000] sm:[--row:15rem]"
          // The viewer is on its way before the first click.
          onPointerEnter={() => void loadViewer()}
        >
          {items.map((item) => (
            <GalleryTile
              key={item.key}
              item={item}
              isSelected={isSelected(item.key)}
              isSelecting={selected.length > 0}
              onOpen={openItem}
              onSelect={toggle}
            />
          ))}
        </ul>
      ) : null}
      {next ? <LoadMore things="images" href={galleryAddress(filter, next)} state={state} onReach={load} /> : null}
      {items.length === 0 && !next
        ? (children ?? <p className="py-20 text-center text-muted">Nothing is left here.</p>)
        : null}
      {opened === null ? null : (
        <OwnerViewer
          items={items}
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
