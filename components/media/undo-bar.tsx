"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/format";
import { announce } from "@/components/ui/live-region";
import { UNDO_SECONDS } from "@/lib/limits/default-limits";
import { restoreImages } from "./api";
import { SignedOutNote } from "./signed-out-note";

/** How long the bar is shown (s). A user who is signed out gets the rest of `UNDO_SECONDS`, to sign in again. */
const shownSeconds = 14;

type UndoBarProps = { ids: string[]; onRestored: (ids: string[]) => void; onEnd: () => void };
type UndoState = "offered" | "restoring" | "failed" | "signedOut" | "late";

/** Says that images were deleted, and offers to undo it. */
export function UndoBar({ ids, onRestored, onEnd }: UndoBarProps) {
  const [left, setLeft] = useState(ids);
  const [state, setState] = useState<UndoState>("offered");
  const end = useEffectEvent(onEnd);

  useEffect(() => {
    if (state === "restoring") return;
    const seconds = state === "signedOut" ? UNDO_SECONDS - shownSeconds : shownSeconds;
    const timer = setTimeout(() => end(), seconds * 1000);
    return () => clearTimeout(timer);
  }, [state]);

  async function undo() {
    setState("restoring");
    const { restored, failed, isSignedOut } = await restoreImages(left);
    onRestored(restored);
    const late = left.filter((id) => !restored.includes(id) && !failed.includes(id));
    if (failed.length > 0) show(isSignedOut ? "signedOut" : "failed", failed);
    else if (late.length > 0) show("late", late);
    else {
      onEnd();
      announce(restored.length === 1 ? "The image is back" : `${plural(restored.length, "image")} are back`);
    }
  }

  function show(next: "signedOut" | "failed" | "late", images: string[]) {
    setState(next);
    setLeft(images);
    announce(next === "signedOut" ? "You are signed out" : wordsFor(next, images.length));
  }

  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-[calc(72px+env(safe-area-inset-bottom))] z-30 flex justify-center md:bottom-6">
      <div className="pointer-events-auto flex min-h-12 animate-rise items-center gap-4 rounded border bg-surface py-1.5 pr-1.5 pl-4 text-[13px] shadow-float">
        <p className={state === "late" ? "pr-2.5" : ""}>
          {state === "signedOut" ? <SignedOutNote inNewTab then="undo" /> : wordsFor(state, left.length)}
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

function wordsFor(state: Exclude<UndoState, "signedOut">, count: number) {
  const deleted = count === 1 ? "Image deleted" : `${plural(count, "image")} deleted`;
  if (state === "offered") return deleted;
  if (state === "restoring") return "Restoring…";
  if (state === "failed") return "Couldn't undo. Try again.";
  return `${deleted}. It is too late to undo this.`;
}
