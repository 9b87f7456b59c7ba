"use client";

import { useEffect, useState } from "react";
import { Check, Copy } from "lucide-react";
import { Button } from "./button";
import { announce } from "./live-region";

type CopyButtonProps = {
  text: string;
  /** The name of what is copied. For example, "prompt" gives the button the label "Copy prompt". */
  label: string;
  /** Shows the label on the button, not only the icon. */
  showLabel?: boolean;
};

/** Copies `text`, and then shows a check mark for a short time. */
export function CopyButton({ text, label, showLabel = false }: CopyButtonProps) {
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
      announce(`Copied the ${label}`);
    } catch {
      announce("Your browser blocked copying. Allow this site to use the clipboard, then try again.");
    }
  }

  const Icon = copied ? Check : Copy;
  return (
    <Button
      variant={showLabel ? "secondary" : "ghost"}
      size={showLabel ? "md" : "icon"}
      aria-label={showLabel ? undefined : `Copy ${label}`}
      title={showLabel ? undefined : `Copy ${label}`}
      onClick={() => void copy()}
    >
      <Icon aria-hidden className={`size-4 ${copied ? "text-saved" : ""}`} />
      {showLabel ? `Copy ${label}` : null}
    </Button>
  );
}
