"use client";

import { useEffect, useState } from "react";
import { Check, Copy } from "lucide-react";
import { Button } from "./button";
import { announce } from "./live-region";

type CopyButtonProps = {
  text: string;
  /** What is copied: "prompt" gives "Copy prompt". */
  label: string;
  /** Says so on the button, instead of showing its sign alone. */
  hasWords?: boolean;
};

/** Copies `text`, and shows for a moment that it did. */
export function CopyButton({ text, label, hasWords = false }: CopyButtonProps) {
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
      variant={hasWords ? "secondary" : "ghost"}
      size={hasWords ? "md" : "icon"}
      aria-label={hasWords ? undefined : `Copy ${label}`}
      title={hasWords ? undefined : `Copy ${label}`}
      onClick={() => void copy()}
    >
      <Icon aria-hidden className={`size-4 ${copied ? "text-saved" : ""}`} />
      {hasWords ? `Copy ${label}` : null}
    </Button>
  );
}
