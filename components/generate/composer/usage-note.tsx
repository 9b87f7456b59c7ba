"use client";

import { useEffect, useRef, useState } from "react";
import { LocalTime } from "@/components/ui/local-time";
import type { Usage } from "@/lib/predictions/schema";
import { readUsage } from "@/components/jobs/api";
import type { Job } from "@/components/jobs/job";
import type { JobStore } from "@/components/jobs/store";
import { useJobState } from "@/components/jobs/use-jobs";

/** Between a change and the question what is left (ms): what was asked for comes first. */
const later = 1500;

/** What is left of today, beside the button that uses it up. */
export function UsageNote({ start, store }: { start: Usage; store: JobStore }) {
  const [{ images, resets_at }, setUsage] = useState(start);
  const changes = useJobState(store, countChanges);
  const drawnAt = useRef(changes);

  useEffect(() => {
    if (changes === drawnAt.current) return;
    const timer = setTimeout(() => {
      // What cannot be learned now is learned after the next change.
      fetch("/api/usage", { cache: "no-store" })
        .then(readUsage)
        .then(setUsage, () => {});
    }, later);
    return () => clearTimeout(timer);
  }, [changes]);

  const { left, limit } = images;
  const isLittle = left <= Math.max(4, limit / 10);
  return (
    <p className={`mt-2 text-center text-xs ${isLittle ? "text-ink" : "text-muted"}`}>
      {left === 0 ? "Today's images are used up." : `${isLittle ? "Only " : ""}${left} of ${limit} left today.`}
      {isLittle ? (
        <>
          {" "}
          More at <LocalTime iso={resets_at} />.
        </>
      ) : null}
    </p>
  );
}

/** Grows when a request is answered, and when one ends for which images may be given back. */
function countChanges(jobs: Job[]): number {
  return jobs.reduce((count, { prediction, problem }) => {
    const isGivenUp = prediction && /failed|canceled|aborted/.test(prediction.status);
    return count + (prediction || problem ? 1 : 0) + (isGivenUp ? 1 : 0);
  }, 0);
}
