"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/format";
import { announce } from "@/components/ui/live-region";
import { UNDO_SECONDS } from "@/lib/limits/default-limits";
import { restoreMedia } from "./api";
import { deletedWords } from "./kind";
import { SignedOutNote } from "./signed-out-note";

/**
 * How long the bar is shown (s). If Undo fails because the user is signed out, the bar stays for the rest of `UNDO_SECONDS`, so
 * that the user can sign in.
 */
const shownSeconds = 14;

type UndoBarProps = {
  ids: string[];
  noun: string;
  /** The function that undoes the deletion. The default restores saved files, so uploads need another function. */
  restore?: typeof restoreMedia;
  onRestored: (ids: string[]) => void;
  onEnd: () => void;
};
type UndoState = "offered" | "restoring" | "failed" | "signedOut" | "late";

/** Says that files were deleted, and offers to undo the deletion. `noun` is the word for the files, in the singular. */
export function UndoBar({ ids, noun, restore = restoreMedia, onRestored, onEnd }: UndoBarProps) {
  const [left, setLeft] = useState(ids);
  const [state, setState] = useState<UndoState>("offered");
  const end = useEffectEvent(onEnd);

  useEffect(() => announce(deletedWords(ids.length, noun)), [ids, noun]);

  useEffect(() => {
    if (state === "restoring") return;
    const seconds = state === "signedOut" ? UNDO_SECONDS - shownSeconds : shownSeconds;
    const timer = setTimeout(() => end(), seconds * 1000);
    return () => clearTimeout(timer);
  }, [state]);

  async function undo() {
    setState("restoring");
    const { restored, failed, isSignedOut } = await restore(left);
    onRestored(restored);
    const late = left.filter((id) => !restored.includes(id) && !failed.includes(id));
    if (failed.length > 0) show(isSignedOut ? "signedOut" : "failed", failed);
    else if (late.length > 0) show("late", late);
    else {
      onEnd();
      announce(restored.length === 1 ? `The ${noun} was restored` : `${plural(restored.length, noun)} were restored`);
    }
  }

  function show(next: "signedOut" | "failed" | "late", remaining: string[]) {
    setState(next);
    setLeft(remaining);
    announce(next === "signedOut" ? "You are signed out" : wordsFor(next, remaining.length, noun));
  }

  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-[calc(72px+env(safe-area-inset-bottom))] z-30 flex justify-center md:bottom-6">
      <div className="pointer-events-auto flex min-h-12 animate-rise items-center gap-4 rounded border bg-surface py-1.5 pr-1.5 pl-4 text-[13px] shadow-float">
        <p className={state === "late" ? "pr-2.5" : ""}>
          {state === "signedOut" ? (
            <SignedOutNote inNewTab then="press Undo again" />
          ) : (
            wordsFor(state, left.length, noun)
          )}
        </p>
        {state === "late" ? null : (
          <Button size="sm" disabled={state === "restoring"} onClick={() => void undo()}>
            Undo
          </Button>
        )}
      </div>
    </div>
  );
}

function wordsFor(state: Exclude<UndoState, "signedOut">, count: number, noun: string) {
  const deleted = deletedWords(count, noun);
  if (state === "offered") return deleted;
  if (state === "restoring") return "Restoring…";
  if (state === "failed") return "Couldn't undo. Try again.";
  return `${deleted}. It is too late to undo this.`;
}
