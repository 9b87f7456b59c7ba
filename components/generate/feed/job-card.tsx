"use client";

import { memo, useState } from "react";
import { X } from "lucide-react";
import {
  describeJob,
  type GenerateRequest,
  isRunning,
  type Job,
  placeholderCount,
  type Values,
} from "@/components/jobs/job";
import { JobStage, Stopwatch } from "@/components/jobs/job-status";
import type { Tool } from "@/components/jobs/tools";
import { ratioOf } from "@/components/media/requested-ratio";
import { describe } from "@/components/media/describe";
import { hasData, type MediaItem, mediaItemsOf } from "@/components/media/media-item";
import type { ItemCallbacks } from "@/components/media/use-item-actions";
import { Button } from "@/components/ui/button";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import { statusLabel } from "@/lib/predictions/status";
import { JobCaption } from "./job-caption";
import { ResultImage } from "./result-image";

// `ResultActions` is loaded after the page, because on an image it is hidden until hover or focus.
const ResultActions = lazyAfterLoad(() => import("./result-actions").then((file) => file.ResultActions));
const ResultFile = lazyAfterLoad(
  () => import("./result-file").then((file) => file.ResultFile),
  ({ item }) => <a href={item.src}>{describe(item)}</a>,
);
const ResultData = lazyAfterLoad(
  () => import("./result-data").then((file) => file.ResultData),
  ({ prediction }) => <a href={prediction.urls.get}>Result</a>,
);
const FailureNote = lazyAfterLoad(
  () => import("./failure-note").then((file) => file.FailureNote),
  ({ job: { prediction } }) =>
    prediction && /failed|canceled|aborted/.test(prediction.status) ? statusLabel(prediction) : null,
);

export type CardActions = ItemCallbacks & {
  onCancel: (job: Job) => void;
  onRetry: (job: Job) => void;
  /** Shows the request of a job in the composer. */
  onEditJob: (job: Job) => void;
  /** Shows the settings of a result in the composer, without the seed. */
  onEdit: (item: MediaItem) => void;
  /** Changes some settings of the form. */
  onUseValues: (values: Values) => void;
  onTool: (tool: Tool, item: MediaItem) => void;
  /** Sends a question about an answer. */
  onAsk: (request: GenerateRequest) => void;
  /** The name of the form's model if the model has a setting `messages` that takes a conversation. Otherwise null. */
  messagesModel: string | null;
  onOpen: (item: MediaItem) => void;
};

/**
 * How the card of a running job looks. `frame`: the usual aspect ratio of the model's results; null if they have no shape, for
 * example texts. `usual`: how long a run of the model usually takes, in words; null if this is not known.
 */
export type UsualRun = { frame: number | null; usual: string | null };

type JobCardProps = {
  job: Job;
  actions: CardActions;
  /** Undefined if it is not known what the model makes. Then the card looks as if the model made an image. */
  run?: UsualRun;
  /** The position of the job in the queue; null if the job is not queued, or is the only queued job. */
  place?: number | null;
  /** True when the card is in a row with the cards of compared models. */
  isInRow?: boolean;
};

/** One job: its results, placeholders or failure, and its prompt and status. */
export const JobCard = memo(function JobCard({ job, actions, run, place = null, isInRow = false }: JobCardProps) {
  const { prediction, request } = job;
  const isWaiting = isRunning(job);
  // True if the user saw this job running. Then its images appear with an animation.
  const [isFresh] = useState(isWaiting);
  const items = prediction ? mediaItemsOf(prediction) : [];
  const isDataShown = prediction !== null && hasData(prediction);
  const ratio = ratioOf(request.input, run?.frame ?? 1);
  const hasShape = run?.frame !== null;
  const placeholders = isWaiting && !isDataShown ? placeholderCount(request) : 0;
  // If the job fails while this page is open, the note is about as large as the placeholder was, so that the page hardly moves.
  // After a reload, the note takes little height.
  const failureRatio = items.length > 0 || isDataShown ? null : isFresh && hasShape ? Math.max(ratio, 1) : 3;
  // `FailureNote` is rendered even before the job fails, so that its code is loaded early: when the job fails, the connection may
  // already be lost.
  const failureNote = (
    <FailureNote
      job={job}
      ratio={failureRatio}
      onRetry={() => actions.onRetry(job)}
      onEdit={() => actions.onEditJob(job)}
    />
  );
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
            {item.kind === "image" ? (
              <ResultImage
                item={item}
                ratio={isFresh ? ratio : sizeRatio(item, ratio)}
                isFresh={isFresh}
                onOpen={() => actions.onOpen(item)}
              />
            ) : (
              <ResultFile item={item} ratio={sizeRatio(item, ratio)} />
            )}
            <ResultActions item={item} actions={actions} />
          </div>
        ))}
        {Array.from({ length: placeholders }, (_, index) => (
          <RunningFrame
            key={index}
            job={job}
            ratio={hasShape ? ratio : undefined}
            usual={run?.usual}
            isFirst={index === 0}
            place={place}
          />
        )).slice(items.length)}
        {isDataShown ? <ResultData job={job} prediction={prediction} isFresh={isFresh} actions={actions} /> : null}
        {failureRatio === null ? null : failureNote}
      </div>
      <JobCaption job={job}>
        {isWaiting && !job.cancelAsked ? (
          <Button size="sm" variant="ghost" costs className="-ml-3" onClick={() => actions.onCancel(job)}>
            <X aria-hidden className="size-4" /> {isDataShown ? "Stop" : "Cancel"}
          </Button>
        ) : null}
        {failureRatio === null ? failureNote : null}
      </JobCaption>
    </article>
  );
});

function sizeRatio({ width, height }: MediaItem, fallback: number) {
  return width && height ? width / height : fallback;
}

type RunningFrameProps = {
  job: Job;
  ratio: number | undefined;
  usual: string | null | undefined;
  isFirst: boolean;
  place: number | null;
};

/** The placeholder of a result that is being generated, in the result's aspect ratio. Without a ratio, it is one line high. */
function RunningFrame({ job, ratio, usual, isFirst, place }: RunningFrameProps) {
  const progress = job.prediction?.progress ?? null;
  return (
    <div className="relative min-h-12 overflow-hidden rounded border bg-surface" style={{ aspectRatio: ratio }}>
      <div
        aria-hidden
        className="absolute inset-0 animate-safelight bg-[radial-gradient(circle_at_50%_60%,var(--color-accent),transparent_70%)] opacity-15"
      />
      {isFirst ? (
        <div className="absolute inset-x-0 bottom-0 flex items-end justify-between gap-3 p-3">
          <span className="text-[13px]">
            <JobStage job={job} place={place} />
          </span>
          <span className="text-right text-[13px]">
            <span className="text-muted">{usual}</span> <Stopwatch since={job.sentAt} />
          </span>
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
