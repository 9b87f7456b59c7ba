// This file is loaded after the page (see use-active-predictions.ts).

import { announce } from "@/components/ui/live-region";
import { statusLabel } from "@/lib/predictions/status";
import { explainRejection } from "./explain-rejection";
import { explainFailure } from "./explain-failure";
import type { Job } from "./job";
import type { JobStore } from "./job-store";

/** Announces each new status and each failure of a job to screen readers. */
export function announceSteps(store: JobStore, signal: AbortSignal) {
  const read = () => new Map(store.get().map((job) => [job.key, announcementOf(job)]));
  let before = read();
  const unsubscribe = store.subscribe(() => {
    const now = read();
    for (const [key, step] of now) if (step !== before.get(key)) announce(step);
    before = now;
  });
  signal.addEventListener("abort", unsubscribe);
}

/** Returns the status of a job in words. The percentage is left out, because it would cause too many announcements. */
function announcementOf({ prediction, problem }: Job) {
  if (problem) return explainRejection(problem).title;
  if (!prediction) return "Status: Sent";
  return explainFailure(prediction)?.title ?? `Status: ${statusLabel({ ...prediction, progress: null })}`;
}
