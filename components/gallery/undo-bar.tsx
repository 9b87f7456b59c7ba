"use client";

import { useEffect, useEffectEvent } from "react";
import { Button } from "@/components/ui/button";
import { undoFor } from "./change-picture";

type UndoBarProps = { count: number; hasFailed: boolean; onUndo: () => void; onEnd: () => void };

/** Says that pictures were deleted, for as long as that can be taken back. */
export function UndoBar({ count, hasFailed, onUndo, onEnd }: UndoBarProps) {
  const end = useEffectEvent(onEnd);

  useEffect(() => {
    const timer = setTimeout(() => end(), (undoFor - 1) * 1000);
    return () => clearTimeout(timer);
  }, []);

  const about = hasFailed
    ? `${count === 1 ? "The picture is" : `${count} pictures are`} not back: that did not get through`
    : count === 1
      ? "Picture deleted"
      : `${count} pictures deleted`;
  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-[calc(72px+env(safe-area-inset-bottom))] z-30 flex justify-center md:bottom-6">
      <div className="pointer-events-auto flex animate-rise items-center gap-4 rounded border bg-surface py-1.5 pr-1.5 pl-4 text-[13px] shadow-float">
        {about}
        <Button size="sm" onClick={onUndo}>
          Undo
        </Button>
      </div>
    </div>
  );
}
