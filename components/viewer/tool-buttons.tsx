"use client";

import { type ReactNode, useId, useRef, useState } from "react";
import { Sprout } from "lucide-react";
import { useRouter } from "next/navigation";
import { explainRejection } from "@/components/jobs/explain-rejection";
import { newKey, submitRequest } from "@/components/jobs/submit-request";
import { type Tool, useToolsFor } from "@/components/jobs/tools";
import type { MediaItem } from "@/components/media/media-item";
import { SignedOutNote } from "@/components/media/signed-out-note";
import { Button } from "@/components/ui/button";
import { announce } from "@/components/ui/live-region";
import { buttonGridClass } from "./details";

type ToolButtonsProps = {
  item: MediaItem;
  onTool: (tool: Tool) => void;
  /** Puts the seed into the form. Set only on Generate. */
  onUseSeed?: (seed: number) => void;
};

export function ToolButtons({ item, onTool, onUseSeed }: ToolButtonsProps) {
  const { seed } = item;
  const tools = useToolsFor(item);
  const noteId = useId();
  if (tools.length === 0 && (seed === null || !onUseSeed)) return null;
  return (
    <div className={buttonGridClass}>
      {tools.map(({ tool, problem }) => (
        <Button
          key={tool.id}
          costs
          disabled={problem !== null}
          aria-describedby={problem ? `${noteId}-${tool.id}` : undefined}
          onClick={() => onTool(tool)}
        >
          <tool.Icon aria-hidden className="size-4" /> {tool.label}
        </Button>
      ))}
      {seed === null || !onUseSeed ? null : (
        <Button onClick={() => onUseSeed(seed)}>
          <Sprout aria-hidden className="size-4" /> Use seed
        </Button>
      )}
      {tools.map(({ tool, problem }) =>
        problem ? (
          <p key={tool.id} id={`${noteId}-${tool.id}`} className="col-span-2 text-[13px] text-muted">
            {problem}
          </p>
        ) : null,
      )}
    </div>
  );
}

/** The buttons of the tools on all pages except Generate. A click starts a prediction, and then opens Generate. */
export function StartingToolButtons({ item }: { item: MediaItem }) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReactNode>(null);
  const buttons = useRef<HTMLFieldSetElement>(null);

  async function start(tool: Tool) {
    setBusy(true);
    setProblem(null);
    const result = await submitRequest(tool.request(item), newKey(), () => setProblem("Reconnecting…"));
    if ("prediction" in result) {
      // If the user has closed the image or opened another one, these buttons are no longer shown, and this page stays open.
      if (buttons.current) router.push("/dashboard/generate");
      else announce(`${tool.label} started`);
      return;
    }
    const { title, remedy } = explainRejection(result.problem);
    setProblem(result.problem.status === 401 ? <SignedOutNote then="try again" /> : `${title}. ${remedy}`);
    announce(title);
    setBusy(false);
  }

  return (
    <fieldset ref={buttons} disabled={isBusy} className="flex flex-col gap-3 empty:hidden">
      <ToolButtons item={item} onTool={(tool) => void start(tool)} />
      {problem ? <p className="text-[13px] text-danger">{problem}</p> : null}
    </fieldset>
  );
}
