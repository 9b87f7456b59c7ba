"use client";

import { memo, useState } from "react";
import { X } from "lucide-react";
import type { ItemChange } from "@/components/media/item-changes";
import { type MediaItem, mediaItemsOf, promptOf, textOf } from "@/components/media/item";
import { countOf, ratioOf } from "@/components/media/aspect-ratio";
import { Button } from "@/components/ui/button";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import { explainFailure } from "@/lib/predictions/failure";
import { isFinished } from "@/lib/predictions/parse-logs";
import { explainProblem } from "@/components/jobs/explain-problem";
import { FailureButtons, FailureNote } from "./failure-note";
import { JobDetails } from "./job-details";
import { describeJob, type Job } from "@/components/jobs/job";
import { ResultFrame } from "./result-frame";
import { RunningFrame } from "./running-frame";

// Seen on hover, or once the page is there.
const ResultBar = lazyAfterLoad(() => import("./result-bar").then((file) => file.ResultBar));

export type CardActions = {
  onCancel: (job: Job) => void;
  onRetry: (job: Job) => void;
  onEdit: (job: Job) => void;
  onRemix: (item: MediaItem) => void;
  onUseSeed: (seed: number) => void;
  onVary: (made: Pick<MediaItem, "model" | "input">) => void;
  /** Null: no model for it is offered here. */
  onUpscale: ((item: MediaItem) => void) | null;
  onOpen: (item: MediaItem) => void;
  onChange: (ids: string[], change: ItemChange) => void;
  onDelete: (ids: string[]) => void;
};

type JobCardProps = {
  job: Job;
  actions: CardActions;
  /** In the line of jobs that wait; null: there is no line. */
  place?: number | null;
  /** Beside others, to be compared with. */
  isInRow?: boolean;
};

/** One job: its images or what stands in their place, and beside them what was asked for. */
export const JobCard = memo(function JobCard({ job, actions, place = null, isInRow = false }: JobCardProps) {
  const { prediction, problem, request } = job;
  const failure = problem ? explainProblem(problem) : prediction && explainFailure(prediction);
  const waysOn = {
    isSignedOut: problem?.status === 401,
    onRetry: () => actions.onRetry(job),
    onEdit: () => actions.onEdit(job),
  };
  const isRunning = !problem && !(prediction && isFinished(prediction.status));
  // Who saw it running sees it develop.
  const [isFresh] = useState(isRunning);
  const items = prediction ? mediaItemsOf(prediction) : [];
  const text = prediction && textOf(prediction.output);
  const ratio = ratioOf(request.input);
  // A model that makes images from words makes another one each time.
  const canVary = promptOf(request.input) !== "";
  const isSingle = Math.max(items.length, isRunning ? countOf(request.input) : 1) === 1;

  return (
    <article
      aria-label={describeJob(job)}
      className={`flex flex-col ${isInRow ? "gap-3" : "gap-4 lg:flex-row lg:gap-6"}`}
    >
      <div
        className={`max-w-full lg:min-w-0 ${isSingle ? "" : "grid grid-cols-2 gap-1.5"}`}
        style={isInRow ? undefined : { width: `calc(min(70dvh, ${isSingle ? 34 : 42}rem) * ${ratio})` }}
      >
        {items.map((item) => (
          <div key={item.key} className="group @container relative">
            <ResultFrame
              item={item}
              ratio={isFresh ? ratio : sizeRatio(item, ratio)}
              isFresh={isFresh}
              onOpen={() => actions.onOpen(item)}
            />
            <ResultBar
              item={item}
              onOpen={() => actions.onOpen(item)}
              onChange={actions.onChange}
              onDelete={actions.onDelete}
              onRemix={() => actions.onRemix(item)}
              onUseSeed={actions.onUseSeed}
              onVary={canVary ? () => actions.onVary(request) : null}
              onUpscale={actions.onUpscale && item.id ? () => actions.onUpscale?.(item) : null}
            />
          </div>
        ))}
        {isRunning
          ? Array.from({ length: countOf(request.input) }, (_, index) => (
              <RunningFrame key={index} job={job} ratio={ratio} isFirst={index === 0} place={place} />
            )).slice(items.length)
          : null}
        {text ? <p className="max-h-96 overflow-auto text-sm break-words whitespace-pre-wrap">{text}</p> : null}
        {failure && items.length === 0 ? (
          <div
            className="grid place-items-center rounded border border-dashed"
            // Under one's eyes it keeps the place of the image; later a strip will do.
            style={{ aspectRatio: isFresh ? Math.max(ratio, 1) : 3 }}
          >
            <FailureNote failure={failure} {...waysOn} />
          </div>
        ) : null}
      </div>
      <JobDetails job={job} failure={items.length > 0 ? failure : null}>
        {isRunning && !job.cancelAsked ? (
          <Button size="sm" variant="ghost" costs className="-ml-3" onClick={() => actions.onCancel(job)}>
            <X aria-hidden className="size-4" /> Cancel
          </Button>
        ) : null}
        {failure && items.length > 0 ? (
          <div className="flex flex-wrap gap-2">
            <FailureButtons failure={failure} {...waysOn} />
          </div>
        ) : null}
      </JobDetails>
    </article>
  );
});

function sizeRatio({ width, height }: MediaItem, otherwise: number) {
  return width && height ? width / height : otherwise;
}
