"use client";

import { useEffect, useState } from "react";
import { Check, Copy } from "lucide-react";
import { Button } from "./button";
import { announce } from "./live-region";

/** Copies `text`. `label` says what is copied: "prompt" gives "Copy prompt". */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce("Copied");
    } catch {
      announce("Your browser did not allow copying");
    }
  }

  const Icon = copied ? Check : Copy;
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={`Copy ${label}`}
      title={`Copy ${label}`}
      onClick={() => void copy()}
    >
      <Icon aria-hidden className={`size-4 ${copied ? "text-saved" : ""}`} />
    </Button>
  );
}
