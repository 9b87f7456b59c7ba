"use client";

import { Link2, Link2Off, Star, Trash2 } from "lucide-react";
import type { ItemChange } from "@/components/media/item-changes";
import { Button } from "@/components/ui/button";
import { ShareLink } from "./share-link";
import { useItemActions } from "@/components/media/use-item-actions";

type ItemActionsProps = {
  id: string;
  isFavorite: boolean;
  shareToken: string | null;
  onChange: (change: ItemChange) => void;
  onDelete: () => void;
};

/** Favorite, share, delete: what its owner can do with a saved image. */
export function ItemActions({ id, isFavorite, shareToken, ...callbacks }: ItemActionsProps) {
  const { isBusy, problem, onFavorite, onShare, onUnshare, onDelete: onRemove } = useItemActions(id, callbacks);
  return (
    <div className="flex flex-col gap-3" aria-busy={isBusy}>
      <div className="flex flex-wrap gap-2">
        <Button aria-pressed={isFavorite} disabled={isBusy} onClick={() => onFavorite(!isFavorite)}>
          <Star aria-hidden className={`size-4 ${isFavorite ? "fill-current text-risk" : ""}`} /> Favorite
        </Button>
        {shareToken ? (
          // It comes to stand where Share was.
          <Button disabled={isBusy} costs onClick={onUnshare}>
            <Link2Off aria-hidden className="size-4" /> Make private
          </Button>
        ) : (
          <Button disabled={isBusy} onClick={() => onShare()}>
            <Link2 aria-hidden className="size-4" /> Share
          </Button>
        )}
        <Button variant="danger" disabled={isBusy} onClick={onRemove}>
          <Trash2 aria-hidden className="size-4" /> Delete
        </Button>
      </div>
      {shareToken ? <ShareLink token={shareToken} /> : null}
      {problem ? <p className="text-[13px] text-danger">{problem}</p> : null}
    </div>
  );
}
