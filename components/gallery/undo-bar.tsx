"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { announce } from "@/components/ui/live-region";
import { restoreAll, undoFor } from "./change-picture";

type UndoBarProps = { ids: string[]; onRestored: (ids: string[]) => void; onEnd: () => void };

/** Says that pictures were deleted, and takes that back, for as long as it can be. */
export function UndoBar({ ids, onRestored, onEnd }: UndoBarProps) {
  const [left, setLeft] = useState(ids);
  const [state, setState] = useState<"offered" | "asking" | "failed">("offered");
  const end = useEffectEvent(onEnd);

  useEffect(() => {
    if (state === "asking") return;
    const timer = setTimeout(() => end(), (undoFor - 1) * 1000);
    return () => clearTimeout(timer);
  }, [state]);

  async function undo() {
    setState("asking");
    const { restored, unanswered } = await restoreAll(left);
    onRestored(restored);
    if (unanswered.length > 0) {
      setLeft(unanswered);
      setState("failed");
      return announce("That did not get through. It can still be undone");
    }
    onEnd();
    if (restored.length < left.length) announce("It is too late to bring all of it back");
    else announce(restored.length === 1 ? "The picture is back" : `${restored.length} pictures are back`);
  }

  if (state === "asking") return null;
  const count = left.length;
  const about =
    state === "failed"
      ? `${count === 1 ? "The picture is" : `${count} pictures are`} not back: that did not get through`
      : count === 1
        ? "Picture deleted"
        : `${count} pictures deleted`;
  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-[calc(72px+env(safe-area-inset-bottom))] z-30 flex justify-center md:bottom-6">
      <div className="pointer-events-auto flex animate-rise items-center gap-4 rounded border bg-surface py-1.5 pr-1.5 pl-4 text-[13px] shadow-float">
        {about}
        <Button size="sm" onClick={() => void undo()}>
          Undo
        </Button>
      </div>
    </div>
  );
}
