"use client";

import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import type { Failure } from "@/lib/predictions/failure";

type FailureButtonsProps = { failure: Failure; isSignedOut: boolean; onRetry: () => void; onEdit: () => void };

/** What went wrong and what the user can do, shown in place of the images. */
export function FailureNote(props: FailureButtonsProps) {
  const { title, remedy } = props.failure;
  return (
    <div className="flex max-w-sm flex-col items-center gap-1.5 p-4 text-center">
      <p className="text-sm font-medium text-ink">{title}</p>
      <p className="line-clamp-4 text-[13px] break-words text-muted">{remedy}</p>
      <div className="mt-2 flex flex-wrap justify-center gap-2">
        <FailureButtons {...props} />
      </div>
    </div>
  );
}

/** The actions after a failure. */
export function FailureButtons({ failure, isSignedOut, onRetry, onEdit }: FailureButtonsProps) {
  return (
    <>
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
