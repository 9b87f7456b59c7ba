"use client";

import { Link2, Star, Trash2 } from "lucide-react";
import { useItemActions } from "@/components/media/use-item-actions";
import type { ItemChange } from "@/components/media/item-changes";
import type { MediaItem } from "@/components/media/item";
import { Button } from "@/components/ui/button";

type KeptActionsProps = {
  id: string;
  item: MediaItem;
  onOpen: () => void;
  onChange: (ids: string[], change: ItemChange) => void;
  onDelete: (ids: string[]) => void;
};

/** Where an image is too small for all of the bar. */
const roomier = "@max-[20rem]:hidden pointer-coarse:@max-[22rem]:hidden";

/** What of the viewer's actions has a place in the bar on an image. */
export function SavedActions({ id, item, onOpen, onChange, onDelete }: KeptActionsProps) {
  const {
    isBusy,
    problem,
    onFavorite,
    onShare,
    onDelete: onRemove,
  } = useItemActions(id, {
    onChange: (change) => onChange([id], change),
    onDelete: () => onDelete([id]),
  });
  const { favorite, share_token } = item;
  const look = { variant: "ghost", size: "icon", className: roomier, disabled: isBusy } as const;
  return (
    <>
      <Button
        {...look}
        aria-label="Favorite"
        title="Favorite"
        aria-pressed={favorite}
        onClick={() => onFavorite(!favorite)}
      >
        <Star aria-hidden className={`size-4 ${favorite ? "fill-current text-risk" : ""}`} />
      </Button>
      {/* Its link is in the viewer. */}
      <Button {...look} aria-label="Share" title="Share" onClick={() => (share_token ? onOpen() : onShare(onOpen))}>
        <Link2 aria-hidden className="size-4" />
      </Button>
      {/* The next card moves under the pointer: a double click would delete two. */}
      <Button {...look} aria-label="Delete" title="Delete" costs onClick={onRemove}>
        <Trash2 aria-hidden className="size-4" />
      </Button>
      {problem ? (
        <p className="absolute right-0 bottom-full mb-1 rounded border bg-surface px-2 py-1 text-[13px] w-max max-w-60 text-danger">
          {problem}
        </p>
      ) : null}
    </>
  );
}
