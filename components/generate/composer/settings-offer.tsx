"use client";

import { useEffect } from "react";
import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { announce } from "@/components/ui/live-region";

type SettingsOfferProps = {
  words: string;
  /** Null: they are used already, and the words say how. */
  onUse: (() => void) | null;
  onForget: () => void;
};

export function SettingsOffer({ words, onUse, onForget }: SettingsOfferProps) {
  useEffect(() => announce(words), [words]);
  return (
    <section
      aria-label="Settings of the image"
      className="fixed inset-x-2 bottom-[calc(64px+env(safe-area-inset-bottom))] z-30 mx-auto flex w-fit max-w-[min(calc(100vw-16px),40rem)] animate-rise items-center gap-2 rounded border bg-surface p-1.5 pl-4 text-[13px] shadow-float md:bottom-6"
    >
      <p className="min-w-0 text-pretty break-words">{words}</p>
      {onUse ? (
        <Button size="sm" className="shrink-0" onClick={onUse}>
          Use its settings
        </Button>
      ) : null}
      <Button variant="ghost" size="icon" aria-label={onUse ? "No, thank you" : "Close"} onClick={onForget}>
        <X aria-hidden className="size-4" />
      </Button>
    </section>
  );
}
