"use client";

import { memo } from "react";
import { explainProblem } from "@/components/jobs/explain-problem";
import { describeJob, type Job } from "@/components/jobs/job";
import { nameOf } from "@/components/jobs/model-ref";
import { LocalTime } from "@/components/ui/local-time";
import type { MediaItem } from "@/components/media/item";
import { titleOf } from "@/lib/models/title";
import { explainFailure } from "@/lib/predictions/failure";
import { RowButtons } from "./row-buttons";
import { RowDetails } from "./row-details";
import { RowMedia } from "./row-media";
import { Standing } from "./row-status";

export type RowActions = {
  onCancel: (job: Job) => void;
  onRetry: (job: Job) => void;
  onReuse: (job: Job) => void;
  onOpen: (item: MediaItem) => void;
};

/** One line of the history: what was asked, what came of it and when, and what can be done about it. */
export const HistoryRow = memo(function HistoryRow({ job, actions }: { job: Job; actions: RowActions }) {
  const { prediction, problem, request } = job;
  const failure = problem ? explainProblem(problem) : prediction && explainFailure(prediction);
  return (
    <li className="grid grid-cols-[80px_minmax(0,1fr)] gap-x-4 gap-y-2 py-4 md:grid-cols-[100px_minmax(0,1fr)_180px_auto] md:gap-x-6">
      <RowMedia job={job} onOpen={actions.onOpen} />
      <div className="min-w-0">
        <p className="line-clamp-3 text-pretty break-words md:line-clamp-2">
          <bdi>{describeJob(job)}</bdi>
        </p>
        <p title={nameOf(request.model)} className="mt-0.5 truncate text-[13px] text-muted">
          {titleOf(request.model)}
        </p>
        {failure ? (
          <p className="mt-1 text-[13px] text-pretty break-words">
            {failure.title}. <span className="text-muted">{failure.remedy}</span>
          </p>
        ) : null}
        {prediction ? <RowDetails prediction={prediction} /> : null}
      </div>
      <div className="col-start-2 flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-[13px] text-muted md:col-start-auto md:flex-col">
        <Standing job={job} />
        <span className="tabular-nums">
          <LocalTime iso={new Date(job.sentAt).toISOString()} withDay />
        </span>
      </div>
      <RowButtons job={job} failure={failure ?? null} actions={actions} />
    </li>
  );
});
