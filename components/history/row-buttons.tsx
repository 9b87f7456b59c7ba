"use client";

import { Pencil, RotateCw, X } from "lucide-react";
import type { Job } from "@/components/jobs/job";
import { openInPlace } from "@/components/media/open-in-address";
import { Button, buttonClass } from "@/components/ui/button";
import type { Failure } from "@/lib/predictions/failure";
import { isFinished } from "@/lib/predictions/parse-logs";
import type { RowActions } from "./history-row";

type RowButtonsProps = { job: Job; failure: Failure | null; actions: RowActions };

/** What can be done with a row. Sending again what cannot succeed is not offered, changing it is. */
export function RowButtons({ job, failure, actions }: RowButtonsProps) {
  const { prediction, problem, request, cancelAsked } = job;
  const isRunning = prediction ? !isFinished(prediction.status) : !problem;
  return (
    <div className="col-start-2 -ml-3 flex flex-wrap items-start gap-1 md:col-start-auto md:ml-0 md:w-40 md:flex-col md:items-stretch">
      {isRunning && !cancelAsked ? (
        // A row that comes in above moves this one under the second click of a double one.
        <Button size="sm" variant="ghost" costs className="md:justify-start" onClick={() => actions.onCancel(job)}>
          <X aria-hidden className="size-4" /> Cancel
        </Button>
      ) : null}
      {!isRunning && (!failure || failure.canRetry) ? (
        <Button size="sm" variant="ghost" costs className="md:justify-start" onClick={() => actions.onRetry(job)}>
          <RotateCw aria-hidden className="size-4" /> {failure ? "Try again" : "Make again"}
        </Button>
      ) : null}
      <a
        href={`/dashboard/generate?model=${request.model}`}
        className={`${buttonClass({ size: "sm", variant: "ghost" })} md:justify-start`}
        onClick={(event) => openInPlace(event, () => actions.onReuse(job))}
      >
        <Pencil aria-hidden className="size-4" /> Reuse settings
      </a>
    </div>
  );
}
