"use client";

import { useEffect, useRef } from "react";
import { announce } from "@/components/ui/live-region";

const words = "You have already run exactly this request. The earlier result is shown, at no cost.";

/** The ids of the notes that were announced. When the user returns to the page, these notes must not be announced again. */
const shown = new Set<string>();

/**
 * Says, on the card of an earlier result, that the user has sent the same request again. Scrolls to the card, which can be far
 * down the feed. `id` is the key of the new request.
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
