// Loaded when the first word arrives.
import { isRunning, type Job } from "@/components/jobs/job";
import { JobStage, Stopwatch } from "@/components/jobs/job-status";
import { OutputCard } from "@/components/media/output-card";
import { readOutputData } from "@/components/media/output-data";
import type { Prediction } from "@/lib/predictions/schema";
import { useOutputStream } from "./use-output-stream";

type LiveOutputProps = { job: Job; prediction: Prediction };

/** A result that is not a file, of a job that the user saw running. A language model's words appear as they come. */
export function LiveOutput({ job, prediction }: LiveOutputProps) {
  const isWaiting = isRunning(job);
  const words = useOutputStream(prediction.id, isWaiting) ?? "";
  // Without a stream, the output grows with each poll.
  const isAhead = isWaiting && words.length > readOutputData(prediction.output).text.length;
  return (
    <div className="flex flex-col gap-2">
      <OutputCard output={isAhead ? words : prediction.output} startsOpen />
      {isWaiting ? (
        <p className="flex justify-between gap-3 text-[13px] text-muted">
          <JobStage job={job} />
          <Stopwatch since={job.sentAt} />
        </p>
      ) : null}
    </div>
  );
}
