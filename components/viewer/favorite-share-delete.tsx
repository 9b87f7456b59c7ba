"use client";

import { Link2, Link2Off, Star, Trash2 } from "lucide-react";
import { nounOf } from "@/components/media/kind";
import type { MediaItem } from "@/components/media/media-item";
import { type ItemCallbacks, useItemActions } from "@/components/media/use-item-actions";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { buttonGridClass } from "./details";

type FavoriteShareDeleteProps = ItemCallbacks & {
  id: string;
  item: Pick<MediaItem, "kind" | "favorite" | "share_token" | "sharing">;
  /** Called before the request to delete the file is sent. */
  onBeforeDelete: () => void;
};

/** Buttons to favorite, share and delete a file, and the link of a shared file. */
export function FavoriteShareDelete({ id, item, onBeforeDelete, ...callbacks }: FavoriteShareDeleteProps) {
  const { kind, favorite, share_token: token, sharing } = item;
  const { isBusy, problem, onFavorite, onShare, onUnshare, onDelete } = useItemActions(id, kind, callbacks);

  function startDeleting() {
    onBeforeDelete();
    onDelete();
  }

  return (
    <div className="flex flex-col gap-3" aria-busy={isBusy}>
      <div className={buttonGridClass}>
        <Button aria-pressed={favorite} disabled={isBusy} onClick={() => onFavorite(!favorite)}>
          <Star aria-hidden className={`size-4 ${favorite ? "fill-current text-risk" : ""}`} /> Favorite
        </Button>
        <Button variant="danger" disabled={isBusy} onClick={startDeleting}>
          <Trash2 aria-hidden className="size-4" /> Delete
        </Button>
        {token ? (
          <>
            {/* This button appears in the place of Share. So `costs` ignores the second click of a double click on Share. */}
            <Button disabled={isBusy} costs onClick={onUnshare}>
              <Link2Off aria-hidden className="size-4" /> Make private
            </Button>
            {sharing === "allowed" ? (
              <CopyButton text={new URL(`/s/${token}`, window.location.href).href} label="link" showLabel />
            ) : null}
          </>
        ) : null}
        {!token && sharing === "allowed" ? (
          <Button className="col-span-2" disabled={isBusy} onClick={() => onShare()}>
            <Link2 aria-hidden className="size-4" /> Share
          </Button>
        ) : null}
      </div>
      {sharing === "taken_down" ? (
        <p className="text-[13px] text-pretty text-muted">
          An administrator has ended the sharing of this {nounOf([kind])}. You cannot share it again.
        </p>
      ) : null}
      {token && sharing === "allowed" ? (
        <p className="text-[13px] text-muted">
          Anyone with the link can see this file.{" "}
          <a
            href={`/s/${token}`}
            target="_blank"
            rel="noreferrer"
            className="inline-flex items-center text-ink underline decoration-edge underline-offset-4 hover:decoration-ink pointer-coarse:min-h-10"
          >
            Open the public page
          </a>
        </p>
      ) : null}
      {problem ? <p className="text-[13px] text-danger">{problem}</p> : null}
    </div>
  );
}
