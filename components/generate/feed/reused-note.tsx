"use client";

import { useEffect, useRef } from "react";
import { announce } from "@/components/ui/live-region";

const words = "The same request as before: its result is used again, at no cost.";

/** The cards that have been shown. On a return to the page, they must not be announced again. */
const shown = new Set<string>();

/**
 * Shown on the card of an earlier result when the same request is sent again. Scrolls to the card, which can be far down the feed.
 * `id` belongs to the request.
 */
export function ReusedNote({ id }: { id: string }) {
  const note = useRef<HTMLParagraphElement>(null);

  useEffect(() => {
    if (shown.has(id)) return;
    shown.add(id);
    note.current?.closest("article")?.scrollIntoView({ block: "nearest" });
    announce(words);
  }, [id]);

  return (
    <p ref={note} className="text-[13px] text-pretty text-muted">
      {words}
    </p>
  );
}
