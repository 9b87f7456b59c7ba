"use client";

import type { Job } from "@/components/jobs/job";
import { JobStage, Stopwatch } from "@/components/jobs/job-status";

type RunningFrameProps = { job: Job; ratio: number; isFirst: boolean; place: number | null };

/** The place of an image that is being made, in its final aspect ratio. */
export function RunningFrame({ job, ratio, isFirst, place }: RunningFrameProps) {
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
