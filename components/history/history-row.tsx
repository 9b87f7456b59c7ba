"use client";

import { memo } from "react";
import { RotateCw, SlidersHorizontal, X } from "lucide-react";
import { explainRejection } from "@/components/jobs/explain-rejection";
import { describeJob, isRunning, type Job } from "@/components/jobs/job";
import { JobStage, Stopwatch } from "@/components/jobs/job-status";
import { modelNameOf } from "@/lib/models/ref";
import { hasData, type MediaItem } from "@/components/media/media-item";
import { useModelTitle } from "@/components/jobs/model-titles";
import { openOnPlainClick } from "@/components/media/open-item";
import { OutputCard } from "@/components/media/output-card";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { LocalTime } from "@/components/ui/local-time";
import { explainFailure } from "@/components/jobs/explain-failure";
import { SaveToDevice } from "@/components/jobs/save-to-device";
import { isActive, statusLabel } from "@/lib/predictions/status";
import { RowDetails } from "./row-details";
import { RowMedia } from "./row-media";

export type RowActions = {
  onCancel: (job: Job) => void;
  onRetry: (job: Job) => void;
  onReuse: (job: Job) => void;
  onOpen: (item: MediaItem) => void;
};

/** One prediction: its prompt, its results, its status, and the actions for it. */
export const HistoryRow = memo(function HistoryRow({ job, actions }: { job: Job; actions: RowActions }) {
  const { prediction, problem, request } = job;
  const modelTitle = useModelTitle();
  const failure = problem ? explainRejection(problem) : prediction && explainFailure(prediction);
  const action = isRunning(job) ? null : failure ? failure.action : "Run again";
  return (
    <li className="grid grid-cols-[80px_minmax(0,1fr)] gap-x-4 gap-y-2 py-4 md:grid-cols-[100px_minmax(0,1fr)_180px_auto] md:gap-x-6">
      <RowMedia job={job} onOpen={actions.onOpen} />
      <div className="min-w-0">
        <p className="line-clamp-3 text-pretty break-words md:line-clamp-2">
          <bdi>{describeJob(job)}</bdi>
        </p>
        <p title={modelNameOf(request.model)} className="mt-0.5 truncate text-[13px] text-muted">
          {modelTitle(request.model)}
        </p>
        {failure ? (
          <p className="mt-1 text-[13px] text-pretty break-words">
            {failure.title}. <span className="text-muted">{failure.remedy}</span>
            {failure.until && !failure.files ? (
              <span className="text-muted">
                {" "}
                The files that are not saved yet can be saved until <LocalTime iso={failure.until} />.
              </span>
            ) : null}
          </p>
        ) : null}
        {failure?.files ? (
          <div className="mt-2">
            <SaveToDevice files={failure.files} until={failure.until} />
          </div>
        ) : null}
        {prediction && hasData(prediction) ? (
          <div className="mt-2">
            <OutputCard output={prediction.output} links={prediction.links} />
          </div>
        ) : null}
        {prediction ? <RowDetails prediction={prediction} /> : null}
      </div>
      <div className="col-start-2 flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-[13px] text-muted md:col-start-auto md:flex-col">
        <RowStatus job={job} />
        <span className="tabular-nums">
          <LocalTime iso={new Date(job.sentAt).toISOString()} withDay />
        </span>
      </div>
      <div className="col-start-2 -ml-3 flex flex-wrap items-start gap-1 md:col-start-auto md:ml-0 md:w-44 md:flex-col md:items-stretch">
        {isRunning(job) && !job.cancelAsked ? (
          // With `costs`, the second click of a double click has no effect. Between the two clicks, a new row may have moved this
          // button under the pointer.
          <Button size="sm" variant="ghost" costs className="md:justify-start" onClick={() => actions.onCancel(job)}>
            <X aria-hidden className="size-4" /> Cancel
          </Button>
        ) : null}
        {action ? (
          <Button size="sm" variant="ghost" costs className="md:justify-start" onClick={() => actions.onRetry(job)}>
            <RotateCw aria-hidden className="size-4" /> {action}
          </Button>
        ) : null}
        <a
          href={`/dashboard/generate?model=${request.model}`}
          className={`${buttonClass({ size: "sm", variant: "ghost" })} md:justify-start`}
          onClick={(event) => openOnPlainClick(event, () => actions.onReuse(job))}
        >
          <SlidersHorizontal aria-hidden className="size-4" /> {failure ? "Edit settings" : "Use these settings"}
        </a>
      </div>
    </li>
  );
});

function RowStatus({ job }: { job: Job }) {
  const { prediction, problem, sentAt } = job;
  return (
    <span className="inline-flex items-baseline gap-2 text-ink">
      <span aria-hidden className={`size-1.5 shrink-0 -translate-y-px rounded-full ${dotClass(job)}`} />
      {isRunning(job) ? (
        <span>
          <JobStage job={job} />{" "}
          <span className="whitespace-nowrap text-muted">
            <Stopwatch since={sentAt} />
          </span>
        </span>
      ) : (
        <span>{problem ? "Not started" : prediction && statusLabel(prediction)}</span>
      )}
    </span>
  );
}

function dotClass({ prediction, problem }: Job) {
  if (problem) return "bg-danger";
  if (!prediction || (isActive(prediction) && prediction.save_error === null)) return "animate-safelight bg-accent";
  if (prediction.save_error === "too_many") return "bg-edge";
  if (prediction.saved_at && prediction.save_error !== "damaged") return "bg-saved";
  if (prediction.save_error) return "bg-risk";
  return prediction.status === "failed" ? "bg-danger" : "bg-edge";
}
