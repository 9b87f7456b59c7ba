// This file is loaded when the first job card is shown, even if no job has failed: when a job fails, the connection may already be
// lost.

import Link from "next/link";
import { explainRejection } from "@/components/jobs/explain-rejection";
import { explainFailure, type Failure } from "@/components/jobs/explain-failure";
import type { Job } from "@/components/jobs/job";
import { SaveToDevice } from "@/components/jobs/save-to-device";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { LocalTime } from "@/components/ui/local-time";

type FailureNoteProps = {
  job: Job;
  /** The aspect ratio of a note that is shown in place of the result. Null for a note that is shown beside a result. */
  ratio: number | null;
  onRetry: () => void;
  onEdit: () => void;
};

/**
 * Says why a job failed or why its files are not saved, and what the user can do. Renders nothing if there is no such problem.
 */
export function FailureNote({ job, ratio, onRetry, onEdit }: FailureNoteProps) {
  const { prediction, problem } = job;
  const failure = problem ? explainRejection(problem) : prediction && explainFailure(prediction);
  if (!failure) return null;
  const buttons = (
    <FailureButtons
      failure={failure}
      signIn={problem?.status === 401 ? `/dashboard/generate?model=${job.request.model}` : null}
      onRetry={onRetry}
      onEdit={onEdit}
    />
  );
  if (ratio === null) {
    return (
      <>
        <p className="text-[13px] text-danger">
          {failure.title}. <span className="text-muted">{failure.remedy}</span>
        </p>
        {buttons}
      </>
    );
  }
  return (
    <div className="grid place-items-center rounded border border-dashed" style={{ aspectRatio: ratio }}>
      <div className="flex max-w-sm flex-col items-center gap-1.5 p-4 text-center">
        <p className="text-sm font-medium text-ink">{failure.title}</p>
        <p className="line-clamp-4 text-[13px] break-words text-muted">{failure.remedy}</p>
        {buttons}
      </div>
    </div>
  );
}

/** `signIn`: for a signed-out user, the path of the page to return to after sign-in. Null for other users. */
type FailureButtonsProps = { failure: Failure; signIn: string | null; onRetry: () => void; onEdit: () => void };

function FailureButtons({ failure, signIn, onRetry, onEdit }: FailureButtonsProps) {
  return (
    <div className="flex flex-wrap gap-2">
      {failure.files ? <SaveToDevice files={failure.files} until={failure.until} /> : null}
      {failure.until && !failure.files ? (
        <p className="w-full text-[13px] text-muted">
          The files that are not saved yet can be saved until <LocalTime iso={failure.until} />.
        </p>
      ) : null}
      {signIn ? (
        <Link href={`/login?next=${encodeURIComponent(signIn)}`} className={buttonClass({ size: "sm" })}>
          Sign in
        </Link>
      ) : null}
      {failure.action ? (
        <Button size="sm" costs onClick={onRetry}>
          {failure.action}
        </Button>
      ) : null}
      <Button size="sm" variant={failure.action || signIn ? "ghost" : "secondary"} onClick={onEdit}>
        Edit settings
      </Button>
    </div>
  );
}
