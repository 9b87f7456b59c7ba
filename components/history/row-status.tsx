"use client";

import type { Job } from "@/components/jobs/job";
import { Stage } from "@/components/jobs/job-status";
import { Stopwatch } from "@/components/jobs/stopwatch";
import { isActive, isFinished, stageOf } from "@/lib/predictions/parse-logs";

/** How a row stands, in words; while it runs, with a clock. */
export function Standing({ job }: { job: Job }) {
  const { prediction, problem } = job;
  const isRunning = prediction ? !isFinished(prediction.status) : !problem;
  return (
    <span className="inline-flex items-baseline gap-2 text-ink">
      <span aria-hidden className={`size-1.5 shrink-0 -translate-y-px rounded-full ${dot(job)}`} />
      <span>
        {problem ? "Not started" : isRunning ? <Stage job={job} /> : prediction ? stageOf(prediction) : null}{" "}
        {isRunning ? (
          <span className="whitespace-nowrap text-muted">
            <Stopwatch since={job.sentAt} />
          </span>
        ) : null}
      </span>
    </span>
  );
}

function dot({ prediction, problem }: Job) {
  if (problem) return "bg-danger";
  if (!prediction || (isActive(prediction) && prediction.save_error === null)) return "animate-safelight bg-accent";
  if (prediction.saved_at) return "bg-saved";
  if (prediction.save_error) return "bg-risk";
  return prediction.status === "failed" ? "bg-danger" : "bg-edge";
}
