"use client";

import { useEffect, useRef } from "react";
import { announce } from "@/components/ui/live-region";

const words = "The same request as before: its result is used again, at no cost.";

/** Says that a card is the answer to a later request too, and scrolls to the card: it can be far down the feed. */
export function ReusedNote() {
  const note = useRef<HTMLParagraphElement>(null);

  useEffect(() => {
    note.current?.closest("article")?.scrollIntoView({ block: "nearest" });
    announce(words);
  }, []);

  return (
    <p ref={note} className="text-[13px] text-pretty text-muted">
      {words}
    </p>
  );
}
