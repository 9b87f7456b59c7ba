"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { useRouter } from "next/navigation";
import { explainProblem } from "@/components/jobs/explain-problem";
import type { Request } from "@/components/jobs/job";
import { newKey, submitRequest } from "@/components/jobs/submit";
import { upscalingOf, variationOf } from "@/components/jobs/tool-requests";
import { ViewerActions } from "@/components/viewer/viewer-actions";
import type { MediaItem } from "@/components/media/item";
import { announce } from "@/components/ui/live-region";
import { SignedOutNote } from "@/components/media/signed-out-note";

type ViewerToolsProps = {
  item: MediaItem;
  /** The model that makes images larger; null: none is offered here. */
  upscaler: string | null;
};

/** Makes something new of a saved image. What comes of it is looked at in Generate. */
export function ViewerTools({ item, upscaler }: ViewerToolsProps) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReactNode>(null);
  const isShown = useRef(true);

  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  async function start(request: Request) {
    setBusy(true);
    setProblem(null);
    const answer = await submitRequest(request, newKey(), () => setProblem("Reconnecting…"));
    // Who closed the image, or went on to another, while there was no network is not led away from there.
    if ("prediction" in answer) return isShown.current ? router.push("/dashboard/generate") : announce("Started");
    const { title, remedy } = explainProblem(answer.problem);
    setProblem(answer.problem.status === 401 ? <SignedOutNote then="try again" /> : `${title}. ${remedy}`);
    announce(title);
    setBusy(false);
  }

  const { id, prompt } = item;
  return (
    <fieldset disabled={isBusy} className="flex flex-col gap-3">
      <ViewerActions
        item={item}
        onVary={prompt ? () => void start(variationOf(item)) : null}
        onUpscale={id && upscaler ? () => void start(upscalingOf(id, upscaler)) : null}
      />
      {problem ? <p className="text-[13px] text-danger">{problem}</p> : null}
    </fieldset>
  );
}
