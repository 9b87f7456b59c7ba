import { useEffect, useMemo, useRef } from "react";
import type { Prediction } from "@/lib/predictions/schema";
import type { GenerateRequest, Job } from "./job";
import type { JobStore } from "./store";
import { cancelJob, newKey, startJob } from "./submit";
import { useActivePredictions } from "./use-active-predictions";

/**
 * What can be done with the jobs of a store; the functions stay the same while the jobs change. `rendered` are the
 * predictions that the server last rendered the page with. The store must hold those of the first render already.
 */
export function useJobActions(store: JobStore, rendered: Prediction[], onNewest?: (predictions: Prediction[]) => void) {
  const { connection, poll } = useActivePredictions(store, onNewest);
  const previous = useRef(rendered);

  useEffect(() => {
    if (previous.current === rendered) return;
    previous.current = rendered;
    store.apply({ type: "seen", predictions: rendered });
    // Also when nothing is new: the page may be rendered again after a sign-in, and polling had stopped.
    poll();
  }, [rendered, store, poll]);

  const actions = useMemo(() => {
    async function submit(request: GenerateRequest, key = newKey()) {
      if (await startJob(store, request, key)) poll();
    }

    async function cancel(job: Job) {
      store.apply({ type: "cancelAsked", key: job.key });
      if (job.prediction) await cancelJob(store, job.prediction.id);
    }

    /** Runs a request again. Where the first one may have started a prediction, with its key: it does not start a second. */
    function retry({ key, request, problem, prediction }: Job) {
      if (!prediction) store.apply({ type: "removed", key });
      return submit(request, !prediction && problem?.isUnclear ? key : undefined);
    }

    return { submit, cancel, retry };
  }, [store, poll]);

  return { connection, ...actions };
}
