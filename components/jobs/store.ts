import type { Prediction } from "@/lib/predictions/schema";
import { jobsReducer, type Change, type Job, jobOf } from "./job";

export type JobStore = ReturnType<typeof createJobStore>;

/** The feed's jobs, outside of React: who follows them must see a change at once, not at the next render. */
export function createJobStore(initial: Job[], owner: string) {
  let jobs = initial;
  const watchers = new Set<() => void>();
  return {
    owner,
    get: () => jobs,
    apply: (change: Change) => {
      jobs = jobsReducer(jobs, change);
      for (const watcher of watchers) watcher();
    },
    subscribe: (watcher: () => void) => {
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
      };
    },
  };
}

let kept: JobStore | null = null;

/** The feed of one person. In the browser it outlives the page, so that an open answer is not lost by looking elsewhere. */
export function jobStoreOf(owner: string, predictions: Prediction[]) {
  // On the server one module serves everybody.
  if (typeof window === "undefined") return createJobStore(predictions.map(jobOf), owner);
  if (kept?.owner !== owner) kept = createJobStore([], owner);
  kept.apply({ type: "loaded", predictions });
  return kept;
}
