import type { ReactNode } from "react";
import type { ItemChange, ItemChanges } from "@/components/media/item-changes";
import { type MediaItem, toMediaItem } from "@/components/media/item";
import { closeItem } from "@/components/media/open-in-address";
import type { GalleryMedia } from "@/lib/media/schema";
import { MissingMedia } from "./missing-media";
import { ItemActions } from "./item-actions";
import { ViewerTools } from "./viewer-tools";
import { Viewer } from "./viewer";
import { type FindItems, useFoundItems } from "./use-found-items";

export type OwnerViewerProps = {
  /** Those of the page. */
  items: MediaItem[];
  /** Asked for an image that is not on the page. */
  find: FindItems;
  /** A kept image with the key by which this page finds it; without it that is its id. */
  toMediaItem?: (image: GalleryMedia) => MediaItem;
  changes: ItemChanges;
  openKey: string | null;
  onStep: (key: string) => void;
  onChange: (ids: string[], change: ItemChange) => void;
  onDelete: (ids: string[]) => void;
  /** The model that makes images larger; null: none is offered here. */
  upscaler: string | null;
  /** Where the composer is on the same page; elsewhere remixing leads there. */
  onRemix?: (item: MediaItem) => void;
  /** Instead of the tools that lead to the composer. */
  tools?: (item: MediaItem, close: () => void) => ReactNode;
};

/** The viewer over a person's images, with what their owner can do with them. */
export function OwnerViewer(props: OwnerViewerProps) {
  const { items, find, changes, openKey, onStep, onChange, onDelete, upscaler, onRemix, tools } = props;
  const { shown, missing, askAgain, take } = useFoundItems(items, openKey, find, changes);
  const step = (key: string | null) => (key === null ? closeItem() : onStep(key));
  return (
    <>
      <Viewer
        items={shown}
        openKey={openKey}
        onChange={step}
        toMediaItem={props.toMediaItem ?? toMediaItem}
        onOpenRelative={(relative) => {
          take(relative);
          onStep(relative.key);
        }}
        onRemix={onRemix && ((item) => closeItem(() => onRemix(item)))}
        actions={(item, close) => {
          const { key, id, favorite, share_token } = item;
          return (
            <>
              {tools ? tools(item, close) : <ViewerTools key={`tools ${key}`} item={item} upscaler={upscaler} />}
              {id ? (
                <ItemActions
                  key={key}
                  id={id}
                  isFavorite={favorite}
                  shareToken={share_token}
                  onChange={(change) => onChange([id], change)}
                  onDelete={() => {
                    close();
                    onDelete([id]);
                  }}
                />
              ) : null}
            </>
          );
        }}
      />
      <MissingMedia why={missing} onAgain={askAgain} onClose={() => closeItem()} />
    </>
  );
}
