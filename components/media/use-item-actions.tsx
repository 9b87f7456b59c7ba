import { type ReactNode, useState } from "react";
import { announce } from "@/components/ui/live-region";
import { deleteImage, markFavorite, shareImage, SignedOut, unshareImage } from "./api";
import type { ItemChange } from "./use-item-changes";
import { SignedOutNote } from "./signed-out-note";

export type ItemCallbacks = {
  onChange: (ids: string[], change: ItemChange) => void;
  onDelete: (ids: string[]) => void;
};

/** Actions on a saved image: favorite, share and delete, one at a time. `problem` is the message when an action failed. */
export function useItemActions(id: string, { onChange, onDelete }: ItemCallbacks) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReactNode>(null);

  async function run(failure: string, work: () => Promise<void>) {
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

  return {
    isBusy,
    problem,
    onFavorite: (favorite: boolean) =>
      void run("The favorite could not be changed. Try again.", async () => {
        await markFavorite(id, favorite);
        onChange([id], { favorite });
        announce(favorite ? "The image is a favorite now" : "The image is no longer a favorite");
      }),
    onShare: (then?: () => void) =>
      void run("The image could not be shared. Try again.", async () => {
        onChange([id], { share_token: await shareImage(id) });
        announce("The image is shared now. Anyone with the link can see it.");
        then?.();
      }),
    onUnshare: () =>
      void run("The image could not be made private. Try again.", async () => {
        await unshareImage(id);
        onChange([id], { share_token: null });
        announce("The image is private now");
      }),
    onDelete: () =>
      void run("The image could not be deleted. Try again.", async () => {
        await deleteImage(id);
        onDelete([id]);
      }),
  };
}
