"use client";

import { Link2, Link2Off, Star, Trash2 } from "lucide-react";
import type { MediaItem } from "@/components/media/media-item";
import type { ItemChange } from "@/components/media/use-item-changes";
import { useItemActions } from "@/components/media/use-item-actions";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";

type ItemActionsProps = {
  id: string;
  item: Pick<MediaItem, "favorite" | "share_token">;
  onChange: (change: ItemChange) => void;
  onDelete: () => void;
};

/** Buttons to favorite, share and delete an image, and the link of a shared image. */
export function ItemActions({ id, item, ...callbacks }: ItemActionsProps) {
  const { favorite, share_token: token } = item;
  const { isBusy, problem, onFavorite, onShare, onUnshare, onDelete } = useItemActions(id, callbacks);
  return (
    <div className="flex flex-col gap-3" aria-busy={isBusy}>
      <div className="flex flex-wrap gap-2">
        <Button aria-pressed={favorite} disabled={isBusy} onClick={() => onFavorite(!favorite)}>
          <Star aria-hidden className={`size-4 ${favorite ? "fill-current text-risk" : ""}`} /> Favorite
        </Button>
        {token ? (
          // Needs `costs`: it replaces Share, so the second click of a double click would undo the first.
          <Button disabled={isBusy} costs onClick={onUnshare}>
            <Link2Off aria-hidden className="size-4" /> Make private
          </Button>
        ) : (
          <Button disabled={isBusy} onClick={() => onShare()}>
            <Link2 aria-hidden className="size-4" /> Share
          </Button>
        )}
        <Button variant="danger" disabled={isBusy} onClick={onDelete}>
          <Trash2 aria-hidden className="size-4" /> Delete
        </Button>
      </div>
      {token ? <ShareLink path={`/s/${token}`} /> : null}
      {problem ? <p className="text-[13px] text-danger">{problem}</p> : null}
    </div>
  );
}

function ShareLink({ path }: { path: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-[13px] text-muted">
      <CopyButton text={new URL(path, window.location.href).href} label="link" showLabel />
      <a
        href={path}
        target="_blank"
        rel="noreferrer"
        className="inline-flex items-center text-ink underline decoration-edge underline-offset-4 hover:decoration-ink pointer-coarse:min-h-10"
      >
        Open the public page
      </a>
      <span className="w-full">Anyone with the link can see it.</span>
    </div>
  );
}
