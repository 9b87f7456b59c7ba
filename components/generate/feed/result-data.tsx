// Loaded when a result without files first appears, for example the first word of a language model.
import { SlidersHorizontal } from "lucide-react";
import { isRunning, type Job } from "@/components/jobs/job";
import { JobStage, Stopwatch } from "@/components/jobs/job-status";
import { OutputCard } from "@/components/media/output-card";
import { readOutputData } from "@/components/media/output-data";
import { Button } from "@/components/ui/button";
import type { Prediction } from "@/lib/predictions/schema";
import { useOutputStream } from "./use-output-stream";

type ResultDataProps = { job: Job; prediction: Prediction; isFresh: boolean; onEdit: () => void };

/**
 * A result that is not a file. The words of a language model appear while the model generates them. `isFresh`: the user saw the
 * job running, so a long result is not folded.
 */
export function ResultData({ job, prediction, isFresh, onEdit }: ResultDataProps) {
  const isWaiting = isRunning(job);
  const words = useOutputStream(prediction.id, isWaiting) ?? "";
  // Shows the longer text: the words from the stream, or the output of the prediction, which grows with each poll.
  const isAhead = isWaiting && words.length > readOutputData(prediction.output, prediction.links).text.length;
  return (
    <div className="flex flex-col gap-2">
      <OutputCard output={isAhead ? words : prediction.output} links={prediction.links} startsOpen={isFresh}>
        <Button size="sm" variant="ghost" onClick={onEdit}>
          <SlidersHorizontal aria-hidden className="size-4" /> Use these settings
        </Button>
      </OutputCard>
      {isWaiting ? (
        <p className="flex justify-between gap-3 text-[13px] text-muted">
          <JobStage job={job} />
          <Stopwatch since={job.sentAt} />
        </p>
      ) : null}
    </div>
  );
}
