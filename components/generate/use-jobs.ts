import { useState, useSyncExternalStore } from "react";
import type { Prediction } from "@/lib/predictions/schema";
import type { Job, Request } from "./jobs";
import { cancelJob, startJob } from "./start-job";
import { jobStoreOf } from "./store";
import { newKey } from "./submit";
import { useActivePredictions } from "./use-active-predictions";
import { useAnnouncements } from "./use-announcements";

/** The feed: its jobs, newest first, and what can be done with them. */
export function useJobs(owner: string, predictions: Prediction[]) {
  const [store] = useState(() => jobStoreOf(owner, predictions));
  const jobs = useSyncExternalStore(store.subscribe, store.get, store.get);
  const { connection, follow } = useActivePredictions(store);
  useAnnouncements(store);

  async function submit(request: Request, key = newKey()) {
    if (await startJob(store, request, key)) follow();
  }

  async function cancel(job: Job) {
    store.apply({ type: "cancelAsked", key: job.key });
    if (job.prediction) await cancelJob(store, job.prediction.id);
  }

  /** Sends what failed once more. Where the server may have begun, with the same key: it will not begin twice. */
  function retry({ key, request, problem, prediction }: Job) {
    const isUnclear = !prediction && problem !== null && problem.status >= 500;
    if (!prediction) store.apply({ type: "removed", key });
    return submit(request, isUnclear ? key : undefined);
  }

  return { jobs, connection, submit, cancel, retry };
}
