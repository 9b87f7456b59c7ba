import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { Prediction } from "@/lib/predictions/schema";
import type { Job, Request } from "./job";
import { cancelJob, startJob } from "./start-job";
import { type JobStore, jobStoreOf } from "./store";
import { newKey } from "./submit";
import { useActivePredictions } from "./use-active-predictions";

/** What can be done with the jobs of the feed. Stays the same while they change. */
export function useJobs(owner: string, predictions: Prediction[]) {
  const [store] = useState(() => jobStoreOf(owner, predictions));
  return useJobsOf(store, predictions);
}

/** The same for the jobs of any store, which `drawn`, what the server last drew the page with, are in already. */
export function useJobsOf(store: JobStore, drawn: Prediction[], onNewest?: (predictions: Prediction[]) => void) {
  const { connection, follow, hear } = useActivePredictions(store, onNewest);
  const before = useRef(drawn);

  useEffect(() => {
    if (before.current !== drawn) {
      hear(drawn);
      // Drawn anew because somebody signed in again: nothing was followed meanwhile.
      follow();
    }
    before.current = drawn;
  }, [drawn, hear, follow]);

  const doing = useMemo(() => {
    async function submit(request: Request, key = newKey()) {
      if (await startJob(store, request, key)) follow();
    }

    async function cancel(job: Job) {
      store.apply({ type: "cancelAsked", key: job.key });
      if (job.prediction) await cancelJob(store, job.prediction.id);
    }

    /** Sends what failed once more. Where the server may have begun, with the same key: it will not begin twice. */
    function retry({ key, request, problem, prediction }: Job) {
      if (!prediction) store.apply({ type: "removed", key });
      return submit(request, !prediction && problem?.isUnclear ? key : undefined);
    }

    return { submit, cancel, retry };
  }, [store, follow]);

  return { store, connection, ...doing };
}

/** Of the jobs in a store what `select` takes, up to date. Drawn again only when that changes. */
export function useJobState<Selected>(store: JobStore, select: (jobs: Job[]) => Selected) {
  const read = () => select(store.get());
  return useSyncExternalStore(store.subscribe, read, read);
}
