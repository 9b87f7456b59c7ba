"use client";

import { useEffect, useRef, useState } from "react";
import { TextSearch } from "lucide-react";
import Link from "next/link";
import { useToolModels } from "@/components/jobs/tool-models";
import { isRaster } from "@/components/media/files/file-facts";
import type { MediaItem } from "@/components/media/media-item";
import type { ItemCallbacks } from "@/components/media/use-item-actions";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { CopyButton } from "@/components/ui/copy-button";
import { announce } from "@/components/ui/live-region";
import { AlternativeText } from "./alternative-text";
import { buttonGridClass } from "./details";

type DescribeImageProps = {
  item: Pick<MediaItem, "id" | "kind" | "content_type" | "alt">;
  /** Set only on Generate: puts the text into the form. Other pages show a link to Generate instead. */
  onUse?: (text: string) => void;
  onChange: ItemCallbacks["onChange"];
};

/** Asks a language model to describe a saved image. Shown only if this installation allows such a model. */
export function DescribeImage({ item, onUse, onChange }: DescribeImageProps) {
  const { describe: model } = useToolModels();
  const running = useRef<AbortController>(null);
  const [text, setText] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { id } = item;

  useEffect(() => () => running.current?.abort(), []);
  if (!model || !id || !isRaster(item)) return null;
  const isWritten = text !== "" && !isBusy;

  async function describe(media: string) {
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    const isFresh = text !== "";
    setBusy(true);
    setText("");
    setProblem(null);
    const { writeWords } = await import("@/components/jobs/words/write-words");
    const result = await writeWords(
      { task: "describe", media },
      { isFresh, onText: setText, onOffline: () => setProblem("Reconnecting…"), signal },
    );
    if (signal.aborted) return;
    setBusy(false);
    const message = "message" in result ? result.message : null;
    setProblem(message);
    setText("text" in result ? result.text : "");
    announce(message ?? "The image was described");
  }

  function start(media: string) {
    describe(media).catch(() => {
      setBusy(false);
      setProblem("The connection was lost. Try again.");
    });
  }

  const useButton = onUse ? (
    <Button onClick={() => onUse(text)}>Use as prompt</Button>
  ) : (
    <Link href={`/dashboard/generate?prompt=${encodeURIComponent(text)}`} prefetch={false} className={buttonClass()}>
      Use as prompt
    </Link>
  );

  return (
    <section aria-label="Description" aria-busy={isBusy} className="flex max-w-sm flex-col gap-3">
      <div className={buttonGridClass}>
        {/* The button stays enabled, because a disabled button would lose the focus. */}
        <Button costs aria-disabled={isBusy} onClick={() => (isBusy ? undefined : start(id))}>
          <TextSearch aria-hidden className="size-4 shrink-0" />{" "}
          {isBusy ? "Describing…" : isWritten ? "Describe again" : "Describe"}
        </Button>
        {isWritten ? useButton : null}
      </div>
      {text ? (
        <div className="flex items-start gap-2">
          <p className="min-w-0 flex-1 text-sm text-pretty break-words whitespace-pre-wrap">
            <bdi>{text}</bdi>
          </p>
          {isWritten ? <CopyButton text={text} label="description" /> : null}
        </div>
      ) : null}
      {problem ? <p className="text-[13px] text-danger">{problem}</p> : null}
      <AlternativeText id={id} alt={item.alt} text={isWritten ? text : null} onChange={onChange} />
    </section>
  );
}
