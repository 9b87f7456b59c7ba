"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { announce } from "@/components/ui/live-region";
import { restoreAll, undoFor } from "./api";
import { UndoWords, type UndoState } from "./undo-words";

type UndoBarProps = { ids: string[]; onRestored: (ids: string[]) => void; onEnd: () => void };

/** How long the bar stands (s). Who is to sign in first has as long as there is. */
const offeredFor = 14;

/** Says that images were deleted, and takes that back, for as long as it can be. */
export function UndoBar({ ids, onRestored, onEnd }: UndoBarProps) {
  const [left, setLeft] = useState(ids);
  const [state, setState] = useState<UndoState | "asking">("offered");
  const end = useEffectEvent(onEnd);

  useEffect(() => {
    if (state === "asking") return;
    const seconds = state === "signedOut" ? undoFor - offeredFor : offeredFor;
    const timer = setTimeout(() => end(), seconds * 1000);
    return () => clearTimeout(timer);
  }, [state]);

  function tell(now: UndoState, words: string) {
    setState(now);
    announce(words);
  }

  async function undo() {
    setState("asking");
    const { restored, unanswered, isSignedOut } = await restoreAll(left);
    onRestored(restored);
    if (unanswered.length > 0) {
      setLeft(unanswered);
      if (isSignedOut) return tell("signedOut", "You are signed out");
      return tell("failed", "That did not get through. It can still be undone");
    }
    const late = left.filter((id) => !restored.includes(id));
    if (late.length > 0) {
      setLeft(late);
      return tell("late", "It is too late to bring all of it back");
    }
    onEnd();
    announce(restored.length === 1 ? "The image is back" : `${restored.length} images are back`);
  }

  if (state === "asking") return null;
  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-[calc(72px+env(safe-area-inset-bottom))] z-30 flex justify-center md:bottom-6">
      <div className="pointer-events-auto flex min-h-12 animate-rise items-center gap-4 rounded border bg-surface py-1.5 pr-1.5 pl-4 text-[13px] shadow-float">
        <p className={state === "late" ? "pr-2.5" : ""}>
          <UndoWords state={state} count={left.length} />
        </p>
        {state === "late" ? null : (
          <Button size="sm" onClick={() => void undo()}>
            Undo
          </Button>
        )}
      </div>
    </div>
  );
}
