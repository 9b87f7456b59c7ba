"use client";

import { memo, useState } from "react";
import { X } from "lucide-react";
import { explainProblem } from "@/components/jobs/api";
import { describeJob, isRunning, type Job, placeholderCount } from "@/components/jobs/job";
import { JobStage, Stopwatch } from "@/components/jobs/job-status";
import type { Tool } from "@/components/jobs/tools";
import { ratioOf } from "@/components/media/aspect-ratio";
import { type MediaItem, mediaItemsOf, textOf } from "@/components/media/media-item";
import type { ItemChange } from "@/components/media/use-item-changes";
import { Button } from "@/components/ui/button";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import { explainFailure } from "@/components/jobs/failure";
import { JobCaption } from "./job-caption";
import { ResultFrame } from "./result-frame";

// Loaded later: it is hidden until hover or focus.
const ResultBar = lazyAfterLoad(() => import("./result-bar").then((file) => file.ResultBar));
const FailureButtons = lazyAfterLoad(() => import("./failure-buttons").then((file) => file.FailureButtons));

export type CardActions = {
  onCancel: (job: Job) => void;
  onRetry: (job: Job) => void;
  /** Shows the request of a job in the composer. */
  onEditJob: (job: Job) => void;
  /** Shows the settings of an image in the composer, without its seed. */
  onEdit: (item: MediaItem) => void;
  onUseSeed: (seed: number) => void;
  onTool: (tool: Tool, item: MediaItem) => void;
  onOpen: (item: MediaItem) => void;
  onChange: (ids: string[], change: ItemChange) => void;
  onDelete: (ids: string[]) => void;
};

type JobCardProps = {
  job: Job;
  actions: CardActions;
  /** Its position among the queued jobs; null when it is the only one. */
  place?: number | null;
  /** True when the card is in a row with the cards of compared models. */
  isInRow?: boolean;
};

/** One job: its images, placeholders or failure, and its prompt and status. */
export const JobCard = memo(function JobCard({ job, actions, place = null, isInRow = false }: JobCardProps) {
  const { prediction, problem, request } = job;
  const failure = problem ? explainProblem(problem) : prediction && explainFailure(prediction);
  const failureButtons = failure ? (
    <div className="flex min-h-8 flex-wrap gap-2">
      <FailureButtons
        failure={failure}
        isSignedOut={problem?.status === 401}
        onRetry={() => actions.onRetry(job)}
        onEdit={() => actions.onEditJob(job)}
      />
    </div>
  ) : null;
  const isWaiting = isRunning(job);
  // The user saw this job running, so its images appear with an animation.
  const [isFresh] = useState(isWaiting);
  const items = prediction ? mediaItemsOf(prediction) : [];
  const text = prediction && textOf(prediction.output);
  const ratio = ratioOf(request.input);
  const placeholders = isWaiting ? placeholderCount(request) : 0;
  const isSingle = Math.max(items.length, placeholders) <= 1;

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
            <ResultBar item={item} actions={actions} />
          </div>
        ))}
        {Array.from({ length: placeholders }, (_, index) => (
          <RunningFrame key={index} job={job} ratio={ratio} isFirst={index === 0} place={place} />
        )).slice(items.length)}
        {text ? <p className="max-h-96 overflow-auto text-sm break-words whitespace-pre-wrap">{text}</p> : null}
        {failure && items.length === 0 ? (
          <div
            className="grid place-items-center rounded border border-dashed"
            // A failure while the user watches has the size of the image, so that nothing moves. After a reload it is a strip.
            style={{ aspectRatio: isFresh ? Math.max(ratio, 1) : 3 }}
          >
            <div className="flex max-w-sm flex-col items-center gap-1.5 p-4 text-center">
              <p className="text-sm font-medium text-ink">{failure.title}</p>
              <p className="line-clamp-4 text-[13px] break-words text-muted">{failure.remedy}</p>
              {failureButtons}
            </div>
          </div>
        ) : null}
      </div>
      <JobCaption job={job} failure={items.length > 0 ? failure : null}>
        {isWaiting && !job.cancelAsked ? (
          <Button size="sm" variant="ghost" costs className="-ml-3" onClick={() => actions.onCancel(job)}>
            <X aria-hidden className="size-4" /> Cancel
          </Button>
        ) : null}
        {items.length > 0 ? failureButtons : null}
      </JobCaption>
    </article>
  );
});

function sizeRatio({ width, height }: MediaItem, fallback: number) {
  return width && height ? width / height : fallback;
}

type RunningFrameProps = { job: Job; ratio: number; isFirst: boolean; place: number | null };

/** The placeholder of an image that is being generated, in its final aspect ratio. */
function RunningFrame({ job, ratio, isFirst, place }: RunningFrameProps) {
  const progress = job.prediction?.progress ?? null;
  return (
    <div className="relative overflow-hidden rounded border bg-surface" style={{ aspectRatio: ratio }}>
      <div
        aria-hidden
        className="absolute inset-0 animate-safelight bg-[radial-gradient(circle_at_50%_60%,var(--color-accent),transparent_70%)] opacity-15"
      />
      {isFirst ? (
        <div className="absolute inset-x-0 bottom-0 flex items-end justify-between gap-3 p-3">
          <span className="text-[13px]">
            <JobStage job={job} place={place} />
          </span>
          <Stopwatch since={job.sentAt} />
        </div>
      ) : null}
      {progress === null ? null : (
        <div
          aria-hidden
          className="absolute bottom-0 left-0 h-0.5 w-full origin-left bg-accent transition-transform"
          style={{ transform: `scaleX(${progress})` }}
        />
      )}
    </div>
  );
}
