import type { ReactNode } from "react";
import { Check, CircleAlert, LoaderCircle } from "lucide-react";
import { describeJob, type Job } from "@/components/jobs/job";
import { Seconds } from "@/components/jobs/job-status";
import { useModelTitle } from "@/components/jobs/model-titles";
import { modelNameOf } from "@/lib/models/ref";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import { LocalTime } from "@/components/ui/local-time";
import { isActive, statusLabel } from "@/lib/predictions/status";
import type { Prediction } from "@/lib/predictions/schema";

const ReusedNote = lazyAfterLoad(() => import("./reused-note").then((file) => file.ReusedNote));

/**
 * Shows the prompt and the model of a job. After a success, also shows whether the files are saved, and how long the job took.
 */
export function JobCaption({ job, children }: { job: Job; children: ReactNode }) {
  const { prediction, request } = job;
  const modelTitle = useModelTitle();
  const took = prediction?.completed_at
    ? Date.parse(prediction.completed_at) - Date.parse(prediction.created_at)
    : null;
  return (
    <div className="flex min-w-0 flex-col items-start gap-2 lg:w-60 lg:shrink-0 lg:py-1">
      <p className="line-clamp-5 max-w-full text-sm text-pretty break-words lg:line-clamp-[10]">
        <bdi>{describeJob(job)}</bdi>
      </p>
      <p title={modelNameOf(request.model)} className="max-w-full truncate text-xs text-muted">
        {modelTitle(request.model)}
      </p>
      {prediction?.status === "succeeded" ? (
        <p className="flex flex-wrap items-center gap-x-3 text-muted">
          {(prediction.saved_at ? prediction.save_error !== "damaged" : isActive(prediction)) ? (
            <SavedBadge prediction={prediction} />
          ) : null}
          {took === null ? null : <Seconds ms={took} />}
        </p>
      ) : null}
      {job.isReused ? <ReusedNote key={job.key} id={job.key} /> : null}
      {children}
    </div>
  );
}

/** Shows whether the files of a succeeded prediction are saved. */
function SavedBadge({ prediction }: { prediction: Prediction }) {
  const { saved_at, save_error, output_expires_at: expiresAt } = prediction;
  const isRetrying = !saved_at && save_error === "retrying";
  const Icon = saved_at ? Check : isRetrying ? CircleAlert : LoaderCircle;
  const color = saved_at ? "text-saved" : isRetrying ? "text-risk" : "text-muted";
  return (
    <span className={`inline-flex items-center gap-1.5 text-[13px] ${color}`}>
      <Icon aria-hidden className={`size-3.5 ${Icon === LoaderCircle ? "animate-spin" : ""}`} />
      {isRetrying ? "Not saved yet" : statusLabel(prediction)}
      {isRetrying && expiresAt ? (
        <>
          {" "}
          · safe until <LocalTime iso={expiresAt} />
        </>
      ) : null}
    </span>
  );
}
