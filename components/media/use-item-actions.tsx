import { type ReactNode, useState } from "react";
import { announce } from "@/components/ui/live-region";
import { deleteImage, markFavorite, shareImage, SignedOut, unshareImage } from "./api";
import type { ItemChange } from "./use-item-changes";
import { SignedOutNote } from "./signed-out-note";

type Callbacks = { onChange: (change: ItemChange) => void; onDelete: () => void };

/** Actions on a saved image: favorite, share and delete, one at a time. `problem` is the message when an action failed. */
export function useItemActions(id: string, { onChange, onDelete }: Callbacks) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReactNode>(null);

  async function run(work: () => Promise<void>, failure: string) {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      const isSignedOut = error instanceof SignedOut;
      setProblem(isSignedOut ? <SignedOutNote then="try again" /> : failure);
      announce(isSignedOut ? "You are signed out" : failure);
    }
    setBusy(false);
  }

  async function favor(favorite: boolean) {
    await markFavorite(id, favorite);
    onChange({ favorite });
    announce(favorite ? "The image is a favorite now" : "The image is no longer a favorite");
  }

  async function publish(then?: () => void) {
    onChange({ share_token: await shareImage(id) });
    announce("The image is shared now. Anyone with the link can see it.");
    then?.();
  }

  async function unpublish() {
    await unshareImage(id);
    onChange({ share_token: null });
    announce("The image is private now");
  }

  async function remove() {
    await deleteImage(id);
    onDelete();
  }

  return {
    isBusy,
    problem,
    onFavorite: (favorite: boolean) => void run(() => favor(favorite), "The favorite could not be changed. Try again."),
    onShare: (then?: () => void) => void run(() => publish(then), "The image could not be shared. Try again."),
    onUnshare: () => void run(unpublish, "The image could not be made private. Try again."),
    onDelete: () => void run(remove, "The image could not be deleted. Try again."),
  };
}
