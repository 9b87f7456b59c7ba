"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { readOutputData } from "./output-data";

/** Results longer than about ten lines are folded. */
const maxLength = 800;
const maxLines = 10;

type OutputCardProps = {
  output: unknown;
  links?: readonly string[];
  startsOpen?: boolean;
  /** More buttons. */
  children?: ReactNode;
};

/** A result that is not a file: text, numbers or an object. */
export function OutputCard({ output, links, startsOpen = false, children }: OutputCardProps) {
  const { text, isCode } = readOutputData(output, links);
  const [isOpen, setOpen] = useState(startsOpen);
  const isLong = text.length > maxLength || text.split("\n").length > maxLines;
  return (
    <div className="flex w-full max-w-2xl flex-col items-start gap-2 rounded border bg-surface p-4">
      <p
        className={`w-full break-words whitespace-pre-wrap ${isCode ? "font-mono text-xs" : "text-sm"} ${isLong && !isOpen ? "line-clamp-[10]" : ""}`}
      >
        <bdi>{text}</bdi>
      </p>
      <div className="-mb-2 -ml-3 flex flex-wrap items-center">
        {isLong ? (
          <Button variant="ghost" size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? "Show less" : "Show all"}
          </Button>
        ) : null}
        <CopyButton text={text} label={isCode ? "JSON" : "text"} />
        {children}
      </div>
    </div>
  );
}
