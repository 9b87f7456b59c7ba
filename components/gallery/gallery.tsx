"use client";

import { type ReactNode, useMemo, useState } from "react";
import dynamic from "next/dynamic";
import { useItemChanges, withChanges } from "@/components/media/use-item-changes";
import { openItem, useOpenItem } from "@/components/media/open-item";
import { nounOf } from "@/components/media/kind";
import { toMediaItem } from "@/components/media/media-item";
import type { GalleryFilter, GalleryMedia } from "@/lib/media/schema";
import { nameInWords } from "@/components/ui/format";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { LoadMore, type Page, useInfiniteList } from "@/components/ui/infinite-list";
import { GalleryTile } from "./gallery-tile";
import { UndoBar } from "@/components/media/undo-bar";
import { useSelection } from "./use-selection";

/** Loads the next page of files. Returns null when the user is signed out. */
export type LoadOlder = (page: { cursor: string; filter: GalleryFilter }) => Promise<Page<GalleryMedia> | null>;

type GalleryProps = {
  first: Page<GalleryMedia>;
  filter: GalleryFilter;
  loadOlder: LoadOlder;
  /**
   * Returns a list with the file of this id. The list is empty if the file is deleted. Returns null when the user is signed out.
   */
  findItem: (id: string) => Promise<GalleryMedia[] | null>;
  /** Shown when there are no files. */
  children?: ReactNode;
};

/** The next page is loaded when the viewer shows one of the last `loadAhead` files. */
const loadAhead = 3;

const loadViewer = () => import("@/components/viewer/viewer").then((file) => file.Viewer);
// `Viewer` and `SelectionBar` are loaded when they are first shown. With `ssr: false`, each has its own Suspense boundary, so
// the page stays usable while one of them loads.
const Viewer = dynamic(loadViewer, { ssr: false });
const SelectionBar = dynamic(() => import("./selection-bar").then((file) => file.SelectionBar), { ssr: false });

/** Rows of files, newest first, with the viewer and the actions for selected files. */
export function Gallery({ first, filter, loadOlder, findItem, children }: GalleryProps) {
  const [media, setMedia] = useState(first.results);
  const noun = nounOf(media.map(({ kind }) => kind));
  const older = useInfiniteList(
    first.next,
    (cursor) => loadOlder({ cursor, filter }),
    (loadedMedia) => setMedia((known) => [...known, ...loadedMedia]),
    `${noun}s`,
  );
  const opened = useOpenItem();
  const loaded = useMemo(() => media.map((each) => toMediaItem(each)), [media]);
  const { changes, change, remove, undo } = useItemChanges();
  const items = useMemo(() => withChanges(loaded, changes), [loaded, changes]);
  const keys = useMemo(() => items.map(({ key }) => key), [items]);
  const { selected, isSelected, toggle, selectAll, clear } = useSelection(keys);
  const selectedNoun = nounOf(items.filter(({ key }) => isSelected(key)).map(({ kind }) => kind));

  function onStep(key: string) {
    if (keys.slice(-loadAhead).includes(key)) older.loadMore();
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
          aria-label={`${nameInWords(noun)}s`}
          className="flex flex-wrap gap-1.5 [--row:9rem] after:grow-[1000000] sm:[--row:15rem]"
          // The pointer usually enters the list before the first click, so the viewer is loaded in advance.
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
      <LoadMore list={older} href={pathWithQuery("/dashboard/gallery", { ...filter, cursor: older.next })} />
      {items.length === 0 && !older.next
        ? (children ?? <p className="py-20 text-center text-muted">This list is now empty.</p>)
        : null}
      {opened === null ? null : (
        <Viewer items={items} find={find} changes={changes} onStep={onStep} onChange={change} onDelete={remove} />
      )}
      {selected.length > 0 ? (
        <SelectionBar
          ids={selected}
          noun={selectedNoun}
          loaded={keys.length}
          onSelectAll={selectAll}
          onClear={clear}
          onDelete={(deleted) => {
            clear();
            remove(deleted, selectedNoun);
          }}
        />
      ) : undo ? (
        <UndoBar key={undo.ids.join()} {...undo} />
      ) : null}
    </>
  );
}
