"use client";

import { useState } from "react";
import { X } from "lucide-react";
import type { Values } from "@/components/jobs/job";
import type { Tool } from "@/components/jobs/tools";
import { nounOf } from "@/components/media/kind";
import { type MediaItem, toMediaItem } from "@/components/media/media-item";
import { openItem, useOpenItem } from "@/components/media/open-item";
import type { ItemCallbacks } from "@/components/media/use-item-actions";
import type { ItemChange, ItemChanges } from "@/components/media/use-item-changes";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { nameInWords } from "@/components/ui/format";
import type { GalleryMedia } from "@/lib/media/schema";
import { closeItem } from "./close-item";
import { DescribeImage } from "./describe-image";
import { Details } from "./details";
import { type FindItems, MissingItem, useItemNotOnPage } from "./use-item-not-on-page";
import { FavoriteShareDelete } from "./favorite-share-delete";
import { Lineage, useLineage } from "./lineage";
import { StartingToolButtons, ToolButtons } from "./tool-buttons";
import { ViewerMedia } from "./viewer-media";

export type ViewerProps = {
  /** The files of the page. */
  items: MediaItem[];
  find: FindItems;
  /** Converts a parent or child of the open file into an item of this page. By default, the item's key is the id of the file. */
  toItem?: (media: GalleryMedia) => MediaItem;
  changes: ItemChanges;
  /** Called for each file that the user moves to in the viewer, with the key of the file. */
  onStep?: (key: string) => void;
  onChange: (ids: string[], change: ItemChange) => void;
  onDelete: ItemCallbacks["onDelete"];
  /** What the actions of the viewer do on Generate. Undefined on other pages, where the actions open Generate. */
  studio?: {
    onEdit: (item: MediaItem) => void;
    onTool: (tool: Tool, item: MediaItem) => void;
    /** Changes some settings of the form. */
    onUseValues: (values: Values) => void;
  };
};

/** A dialog of the size of the window that shows one of the user's files, with its details and actions. */
export function Viewer(props: ViewerProps) {
  const { toItem = toMediaItem, onStep, onChange, onDelete, studio } = props;
  const openKey = useOpenItem();
  const { shown, missing, retry, replaceOpen } = useItemNotOnPage(props, openKey);
  const index = shown.findIndex(({ key }) => key === openKey);
  const item = shown[index];
  const { family, stopLoading } = useLineage(item?.id ?? null, toItem);
  const [comparing, setComparing] = useState<string | null>(null);
  const [parent] = family.parents;
  const canCompare = item?.kind === "image" && parent?.kind === "image";
  const isComparing = canCompare && item.key === comparing;

  function show({ key }: MediaItem) {
    openItem(key);
    onStep?.(key);
  }

  return (
    <>
      <Dialog
        open={item !== undefined}
        onClose={() => closeItem()}
        label={item ? nameInWords(nounOf([item.kind])) : "File"}
        className="m-0 size-full max-h-none max-w-none bg-ground text-ink"
      >
        {item ? (
          <div
            // This element gets the focus when the dialog opens. Otherwise a button would get it, and mouse users would see a
            // focus ring.
            ref={(element) => element?.setAttribute("autofocus", "")}
            tabIndex={-1}
            className="flex min-h-full flex-col outline-none lg:grid lg:h-dvh lg:grid-cols-[minmax(0,1fr)_22rem]"
          >
            <ViewerMedia
              item={item}
              before={isComparing ? parent : null}
              previous={shown[index - 1]}
              next={shown[index + 1]}
              onStep={show}
            />
            <Details item={item} onEdit={studio && (() => closeItem(() => studio.onEdit(item)))}>
              <Lineage
                family={family}
                onOpen={(relative) => {
                  replaceOpen(relative);
                  show(relative);
                }}
                canCompare={canCompare}
                isComparing={isComparing}
                onCompare={(isOn) => setComparing(isOn ? item.key : null)}
              />
              {studio ? (
                <ToolButtons
                  item={item}
                  onTool={(tool) => {
                    closeItem();
                    studio.onTool(tool, item);
                  }}
                  onUseSeed={(seed) => {
                    closeItem();
                    studio.onUseValues({ seed });
                  }}
                />
              ) : (
                <StartingToolButtons key={`tools ${item.key}`} item={item} />
              )}
              <DescribeImage
                key={`describe ${item.key}`}
                item={item}
                onUse={studio && ((prompt) => closeItem(() => studio.onUseValues({ prompt })))}
                onChange={onChange}
              />
              {item.id ? (
                <FavoriteShareDelete
                  key={item.key}
                  id={item.id}
                  item={item}
                  onChange={onChange}
                  // The request for the lineage is aborted, because after the deletion its response would be a 404.
                  onBeforeDelete={stopLoading}
                  onDelete={(...deleted) => {
                    closeItem();
                    onDelete(...deleted);
                  }}
                />
              ) : null}
            </Details>
            <Button
              size="icon"
              aria-label="Close"
              className="fixed top-3 right-3 z-20 bg-surface"
              onClick={() => closeItem()}
            >
              <X aria-hidden className="size-5" />
            </Button>
          </div>
        ) : null}
      </Dialog>
      <MissingItem why={missing} onRetry={retry} />
    </>
  );
}
