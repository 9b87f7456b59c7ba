// Loaded when it is shown.
import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { LocalTime } from "@/components/ui/local-time";
import type { Failure } from "@/components/jobs/failure";

type FailureButtonsProps = { failure: Failure; isSignedOut: boolean; onRetry: () => void; onEdit: () => void };

/** The actions after a failure. */
export function FailureButtons({ failure, isSignedOut, onRetry, onEdit }: FailureButtonsProps) {
  return (
    <>
      {failure.until ? (
        <p className="w-full text-[13px] text-muted">
          The rest can be saved until <LocalTime iso={failure.until} />.
        </p>
      ) : null}
      {isSignedOut ? (
        <Link href="/login?next=/dashboard/generate" className={buttonClass({ size: "sm" })}>
          Sign in
        </Link>
      ) : null}
      {failure.action ? (
        <Button size="sm" costs onClick={onRetry}>
          {failure.action}
        </Button>
      ) : null}
      <Button size="sm" variant={failure.action || isSignedOut ? "ghost" : "secondary"} onClick={onEdit}>
        Edit settings
      </Button>
    </>
  );
}
