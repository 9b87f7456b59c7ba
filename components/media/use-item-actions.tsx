import { type ReactNode, useState } from "react";
import { announce } from "@/components/ui/live-region";
import type { MediaKind } from "@/lib/media/schema";
import { deleteMedia, markFavorite, shareMedia, SignedOut, unshareMedia } from "./api";
import { nounOf } from "./kind";
import type { ItemChange } from "./use-item-changes";
import { SignedOutNote } from "./signed-out-note";

export type ItemCallbacks = {
  onChange: (ids: string[], change: ItemChange) => void;
  /** `noun` is the word for the files, in the singular. */
  onDelete: (ids: string[], noun: string) => void;
};

/**
 * The actions on a saved file: favorite, share and delete. `isBusy` is true while an action runs. `problem` is the message after
 * a failure.
 */
export function useItemActions(id: string, kind: MediaKind, { onChange, onDelete }: ItemCallbacks) {
  const noun = nounOf([kind]);
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
        announce(`The ${noun} is ${favorite ? "a favorite now" : "no longer a favorite"}`);
      }),
    onShare: (then?: () => void) =>
      void run(`The ${noun} could not be shared. Try again.`, async () => {
        onChange([id], { share_token: await shareMedia(id) });
        announce(`The ${noun} is shared now. Anyone with the link can see it.`);
        then?.();
      }),
    onUnshare: () =>
      void run(`The ${noun} could not be made private. Try again.`, async () => {
        await unshareMedia(id);
        onChange([id], { share_token: null });
        announce(`The ${noun} is private now`);
      }),
    onDelete: () =>
      void run(`The ${noun} could not be deleted. Try again.`, async () => {
        await deleteMedia(id);
        onDelete([id], noun);
      }),
  };
}
