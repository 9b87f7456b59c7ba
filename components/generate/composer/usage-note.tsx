"use client";

import { useEffect, useRef, useState } from "react";
import { readUsage } from "@/components/jobs/api";
import type { Job } from "@/components/jobs/job";
import type { JobStore } from "@/components/jobs/job-store";
import { mediaItemsOf } from "@/components/media/media-item";
import { useStore } from "@/components/ui/create-store";
import { LocalTime } from "@/components/ui/local-time";
import { imageCount } from "@/lib/models/image-count";
import type { Usage } from "@/lib/history/schema";
import { isFinished } from "@/lib/predictions/status";

/** Delay between a change and the request (ms), so that the user's own requests go first. */
const delay = 1500;

/** The number of images left today. */
export function UsageNote({ start, store }: { start: Usage; store: JobStore }) {
  const [{ images, resets_at }, setUsage] = useState(start);
  const changes = useStore(store, countChanges);
  const changesAtStart = useRef(changes);

  useEffect(() => {
    if (changes === changesAtStart.current) return;
    const timer = setTimeout(() => {
      // After a failure, the next change sends a new request.
      fetch("/api/usage", { cache: "no-store" })
        .then(readUsage)
        .then(setUsage, () => {});
    }, delay);
    return () => clearTimeout(timer);
  }, [changes]);

  const { left, limit } = images;
  const isLow = left <= Math.max(4, limit / 10);
  const count = `${left} ${left === 1 ? "image" : "images"} left today.`;
  return (
    <p className={`mt-2 text-center text-xs ${isLow ? "text-ink" : "text-muted"}`}>
      {left === 0 ? "No images left today." : isLow ? `Only ${count}` : count}
      {isLow ? (
        <>
          {" "}
          More at <LocalTime iso={resets_at} />.
        </>
      ) : null}
    </p>
  );
}

/** Grows with each response to a request, and with each prediction that has made fewer or more images than requested. */
function countChanges(jobs: Job[]): number {
  const responded = jobs.filter(({ prediction, problem }) => prediction || problem);
  return responded.length + responded.filter(hasOtherCount).length;
}

function hasOtherCount({ prediction }: Job) {
  return (
    prediction !== null &&
    isFinished(prediction.status) &&
    mediaItemsOf(prediction).length !== imageCount(prediction.input)
  );
}
