"use client";

import { useEffect } from "react";
import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { announce } from "@/components/ui/live-region";

const words = "This picture tells how it was made.";

export function SettingsOffer({ onUse, onForget }: { onUse: () => void; onForget: () => void }) {
  useEffect(() => announce(words), []);
  return (
    <section
      aria-label="Settings of the picture"
      className="fixed inset-x-2 bottom-[calc(64px+env(safe-area-inset-bottom))] z-30 mx-auto flex w-fit max-w-[calc(100vw-16px)] animate-rise flex-wrap items-center gap-2 rounded border bg-surface p-1.5 pl-4 text-[13px] shadow-float md:bottom-6"
    >
      {words}
      <Button size="sm" onClick={onUse}>
        Use its settings
      </Button>
      <Button variant="ghost" size="icon" aria-label="No, thank you" onClick={onForget}>
        <X aria-hidden className="size-4" />
      </Button>
    </section>
  );
}
