"use client";

import { type ReactNode, useState } from "react";
import { Link2, Link2Off, Star, Trash2 } from "lucide-react";
import type { Picture } from "@/components/prediction/picture";
import { Button } from "@/components/ui/button";
import { announce } from "@/components/ui/live-region";
import { markFavorite, remove, share, unshare } from "./change-picture";
import { ShareLink } from "./share-link";
import { SignedOut, SignedOutNote } from "./signed-out";

export type PictureChange = Pick<Picture, "favorite" | "shareToken">;

type PictureActionsProps = {
  id: string;
  isFavorite: boolean;
  shareToken: string | null;
  onChange: (change: PictureChange) => void;
  onDelete: () => void;
};

/** Favorite, share, delete: what its owner can do with a kept picture. */
export function PictureActions({ id, isFavorite, shareToken, onChange, onDelete }: PictureActionsProps) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReactNode>(null);

  async function run(work: () => Promise<void>, failure: string) {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      const isSignedOut = error instanceof SignedOut;
      setProblem(isSignedOut ? <SignedOutNote /> : failure);
      announce(isSignedOut ? "You are signed out" : failure);
    }
    setBusy(false);
  }

  const toggleFavorite = async () => {
    await markFavorite(id, !isFavorite);
    onChange({ favorite: !isFavorite });
    announce(isFavorite ? "No longer a favorite" : "Marked as a favorite");
  };
  const makePublic = async () => {
    onChange({ shareToken: await share(id) });
    announce("Shared: whoever has the link can see it");
  };
  const makePrivate = async () => {
    await unshare(id);
    onChange({ shareToken: null });
    announce("Private again");
  };
  const deleteIt = async () => {
    await remove(id);
    onDelete();
  };

  return (
    <div className="flex flex-col gap-3" aria-busy={isBusy}>
      <div className="flex flex-wrap gap-2">
        <Button
          aria-pressed={isFavorite}
          disabled={isBusy}
          onClick={() => void run(toggleFavorite, "That did not work. Try again.")}
        >
          <Star aria-hidden className={`size-4 ${isFavorite ? "fill-current text-risk" : ""}`} /> Favorite
        </Button>
        {shareToken ? (
          <Button disabled={isBusy} onClick={() => void run(makePrivate, "It is still shared. Try again.")}>
            <Link2Off aria-hidden className="size-4" /> Make private
          </Button>
        ) : (
          <Button disabled={isBusy} onClick={() => void run(makePublic, "It could not be shared. Try again.")}>
            <Link2 aria-hidden className="size-4" /> Share
          </Button>
        )}
        <Button
          variant="danger"
          disabled={isBusy}
          onClick={() => void run(deleteIt, "It could not be deleted. Try again.")}
        >
          <Trash2 aria-hidden className="size-4" /> Delete
        </Button>
      </div>
      {shareToken ? <ShareLink token={shareToken} /> : null}
      {problem ? <p className="text-[13px] text-danger">{problem}</p> : null}
    </div>
  );
}
