import { useEffect, useEffectEvent, useState } from "react";
import type { Tool } from "@/components/jobs/tools";
import { closeItem } from "./close-item";
import { type MediaItem, toMediaItem } from "@/components/media/media-item";
import { type ItemChange, type ItemChanges, withChanges } from "@/components/media/use-item-changes";
import { openItem, useOpenItem } from "@/components/media/open-item";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { GalleryMedia } from "@/lib/media/schema";
import { ItemActions } from "./item-actions";
import { StartingToolButtons, ToolButtons } from "./tool-buttons";
import { Viewer } from "./viewer";

export type OwnerViewerProps = {
  /** The images of the page. */
  items: MediaItem[];
  /** Requests an image that is not on the page, with the images next to it. Empty when it no longer exists. */
  find: (key: string) => Promise<MediaItem[]>;
  /** Converts a parent or child into an item with its key on this page. By default, the key is its id. */
  toItem?: (image: GalleryMedia) => MediaItem;
  changes: ItemChanges;
  /** Called with the key of each image when it is shown. */
  onStep?: (key: string) => void;
  onChange: (ids: string[], change: ItemChange) => void;
  onDelete: (ids: string[]) => void;
  /** Only for Generate. On other pages, tools and settings lead to Generate. */
  studio?: {
    onEdit: (item: MediaItem) => void;
    onTool: (tool: Tool, item: MediaItem) => void;
    onUseSeed: (seed: number) => void;
  };
};

/** The viewer for a user's own images, with all actions. */
export function OwnerViewer(props: OwnerViewerProps) {
  const { toItem = toMediaItem, onStep, onChange, onDelete, studio } = props;
  const openKey = useOpenItem();
  const { shown, missing, askAgain, replaceOpen } = useFoundItems(props, openKey);

  function show(key: string) {
    openItem(key);
    onStep?.(key);
  }

  function actionsFor(item: MediaItem) {
    const { key, id } = item;
    return (
      <>
        {studio ? (
          <ToolButtons
            item={item}
            onTool={(tool) => {
              closeItem();
              studio.onTool(tool, item);
            }}
            onUseSeed={(seed) => {
              closeItem();
              studio.onUseSeed(seed);
            }}
          />
        ) : (
          <StartingToolButtons key={`tools ${key}`} item={item} />
        )}
        {id ? (
          <ItemActions
            key={key}
            id={id}
            item={item}
            onChange={(change) => onChange([id], change)}
            onDelete={() => {
              closeItem();
              onDelete([id]);
            }}
          />
        ) : null}
      </>
    );
  }

  return (
    <>
      <Viewer
        items={shown}
        openKey={openKey}
        onStep={show}
        onClose={() => closeItem()}
        toItem={toItem}
        onOpenRelative={(relative) => {
          replaceOpen(relative);
          show(relative.key);
        }}
        onEdit={studio && ((item) => closeItem(() => studio.onEdit(item)))}
        actions={actionsFor}
      />
      <MissingImage why={missing} onRetry={askAgain} />
    </>
  );
}

/** The open image and its neighbors, from the page or from the server. `missing` says why the image cannot be shown. */
function useFoundItems({ items, find, changes }: OwnerViewerProps, openKey: string | null) {
  const [found, setFound] = useState<MediaItem[]>([]);
  const [missing, setMissing] = useState<{ key: string; why: "gone" | "unreachable" } | null>(null);
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
    /** Replaces the open image among its neighbors. The caller must open the new image afterwards. */
    replaceOpen: (item: MediaItem) => setFound(shown?.map((one) => (one.key === openKey ? item : one)) ?? []),
  };
}

/** Explains why the image in the URL is not shown. */
function MissingImage({ why, onRetry }: { why: "gone" | "unreachable" | null; onRetry: () => void }) {
  const isGone = why === "gone";
  return (
    <Dialog open={why !== null} onClose={() => closeItem()} label="Image">
      <div className="flex flex-col gap-4 p-6">
        <h2 className="text-lg font-medium">{isGone ? "This image is gone" : "The image could not be loaded"}</h2>
        <p className="text-sm text-pretty text-muted">
          {isGone ? "It was deleted, or it belongs to another account." : "You may be offline, or signed out."}
        </p>
        <div className="flex gap-2">
          {isGone ? null : <Button onClick={onRetry}>Try again</Button>}
          <Button onClick={() => closeItem()}>Close</Button>
        </div>
      </div>
    </Dialog>
  );
}
