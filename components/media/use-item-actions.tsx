import { type ReactNode, useState } from "react";
import type { Change } from "@/components/media/item-changes";
import { announce } from "@/components/ui/live-region";
import { markFavorite, remove, share, unshare } from "./api";
import { SignedOut, SignedOutNote } from "./signed-out";

type Callbacks = { onChange: (change: Change) => void; onDelete: () => void };

/** Favorite, share, delete: what its owner can do with a saved image, one at a time, and what of it did not work. */
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
      setProblem(isSignedOut ? <SignedOutNote /> : failure);
      announce(isSignedOut ? "You are signed out" : failure);
    }
    setBusy(false);
  }

  const favor = async (favorite: boolean) => {
    await markFavorite(id, favorite);
    onChange({ favorite });
    announce(favorite ? "Marked as a favorite" : "No longer a favorite");
  };
  const makePublic = async () => {
    onChange({ share_token: await share(id) });
    announce("Shared: whoever has the link can see it");
  };
  const makePrivate = async () => {
    await unshare(id);
    onChange({ share_token: null });
    announce("Private again");
  };
  const deleteIt = async () => {
    await remove(id);
    onDelete();
  };

  return {
    isBusy,
    problem,
    onFavorite: (favorite: boolean) => void run(() => favor(favorite), "That did not work. Try again."),
    onShare: (then?: () => void) => void run(() => makePublic().then(then), "It could not be shared. Try again."),
    onUnshare: () => void run(makePrivate, "It is still shared. Try again."),
    onRemove: () => void run(deleteIt, "It could not be deleted. Try again."),
  };
}
