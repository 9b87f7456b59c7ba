import type { ReactNode } from "react";
import type { Failure } from "@/lib/predictions/failure";
import { titleOf } from "@/lib/models/title";
import { explainFailure } from "@/lib/predictions/failure";
import { describeJob, type Job } from "@/components/jobs/job";
import { nameOf } from "@/components/jobs/model-ref";
import { SavedBadge } from "./saved-badge";
import { Seconds } from "@/components/jobs/stopwatch";

type JobDetailsProps = { job: Job; failure: Failure | null | undefined; children: ReactNode };

/** What was asked for, and how it stands. */
export function JobDetails({ job, failure, children }: JobDetailsProps) {
  const { prediction, request } = job;
  const took = prediction?.completed_at
    ? Date.parse(prediction.completed_at) - Date.parse(prediction.created_at)
    : null;
  return (
    <div className="flex min-w-0 flex-col items-start gap-2 lg:w-60 lg:shrink-0 lg:py-1">
      <p className="line-clamp-5 max-w-full text-sm text-pretty break-words lg:line-clamp-[10]">
        <bdi>{describeJob(job)}</bdi>
      </p>
      <p title={nameOf(request.model)} className="max-w-full truncate text-xs text-muted">
        {titleOf(request.model)}
      </p>
      {prediction?.status === "succeeded" ? (
        <p className="flex flex-wrap items-center gap-x-3 text-muted">
          {prediction.saved_at || !explainFailure(prediction) ? <SavedBadge prediction={prediction} /> : null}
          {took === null ? null : <Seconds ms={took} />}
        </p>
      ) : null}
      {failure ? (
        <p className="text-[13px] text-danger">
          {failure.title}. <span className="text-muted">{failure.remedy}</span>
        </p>
      ) : null}
      {children}
    </div>
  );
}
