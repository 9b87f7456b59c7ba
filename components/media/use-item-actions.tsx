import { type ReactNode, useState } from "react";
import { announce } from "@/components/ui/live-region";
import { deleteImage, markFavorite, shareImage, SignedOut, unshareImage } from "./api";
import type { ItemChange } from "./use-item-changes";
import { SignedOutNote } from "./signed-out-note";

type Callbacks = { onChange: (change: ItemChange) => void; onDelete: () => void };

/** Favorite, share and delete for a saved image, one at a time, and what to say when one of them fails. */
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
    announce(favorite ? "Marked as a favorite" : "No longer a favorite");
  }

  async function publish(then?: () => void) {
    onChange({ share_token: await shareImage(id) });
    announce("Shared. Anyone with the link can see it.");
    then?.();
  }

  async function unpublish() {
    await unshareImage(id);
    onChange({ share_token: null });
    announce("Private again");
  }

  async function remove() {
    await deleteImage(id);
    onDelete();
  }

  return {
    isBusy,
    problem,
    onFavorite: (favorite: boolean) => void run(() => favor(favorite), "That did not work. Try again."),
    onShare: (then?: () => void) => void run(() => publish(then), "It could not be shared. Try again."),
    onUnshare: () => void run(unpublish, "It is still shared. Try again."),
    onDelete: () => void run(remove, "It could not be deleted. Try again."),
  };
}
