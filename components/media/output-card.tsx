"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import { readOutputData } from "./output-data";

const Markdown = lazyAfterLoad(
  () => import("./markdown").then((file) => file.Markdown),
  ({ text }) => <p className="text-sm break-words whitespace-pre-wrap">{text}</p>,
);

/** Results with more characters or lines than this are folded. */
const maxLength = 800;
const maxLines = 10;

type OutputCardProps = {
  output: unknown;
  links?: readonly string[];
  /** True if the text is the answer of a language model, which may contain Markdown. */
  isAnswer?: boolean;
  startsOpen?: boolean;
  /** Buttons after the button Copy. */
  children?: ReactNode;
};

/** A result that is not a file: text, numbers or an object. */
export function OutputCard({ output, links, isAnswer = false, startsOpen = false, children }: OutputCardProps) {
  const { text, isCode } = readOutputData(output, links);
  const [isOpen, setOpen] = useState(startsOpen);
  const isLong = text.length > maxLength || text.split("\n").length > maxLines;
  const isFolded = isLong && !isOpen;
  return (
    <div className="flex w-full max-w-2xl flex-col items-start gap-2 rounded border bg-surface p-4">
      {isAnswer ? (
        <div className={`w-full ${isFolded ? "max-h-52 overflow-hidden" : ""}`}>
          <Markdown text={text} isAnswer />
        </div>
      ) : (
        <p
          className={`w-full break-words whitespace-pre-wrap ${isCode ? "font-mono text-xs" : "text-sm"} ${isFolded ? "line-clamp-[10]" : ""}`}
        >
          <bdi>{text}</bdi>
        </p>
      )}
      <div className="-mb-2 -ml-3 flex flex-wrap items-center">
        {isLong ? (
          <Button variant="ghost" size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? "Show less" : "Show all"}
          </Button>
        ) : null}
        <CopyButton text={text} label={isCode ? "data" : "text"} />
        {children}
      </div>
    </div>
  );
}
