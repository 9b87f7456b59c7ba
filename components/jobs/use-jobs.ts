import { useEffect, useMemo, useRef } from "react";
import type { Prediction } from "@/lib/predictions/schema";
import type { GenerateRequest, Job } from "./job";
import type { JobStore } from "./job-store";
import { cancelJob, newKey, startJob } from "./submit-request";
import { useActivePredictions } from "./use-active-predictions";

/**
 * The actions on the jobs of a store. The returned functions stay the same when the jobs change. `rendered`: the predictions that
 * the server rendered last. When this hook is first called, the store must already contain them.
 */
export function useJobs(store: JobStore, rendered: Prediction[], onNewest?: (predictions: Prediction[]) => void) {
  const { connection, poll } = useActivePredictions(store, onNewest);
  const previous = useRef(rendered);

  useEffect(() => {
    if (previous.current === rendered) return;
    previous.current = rendered;
    store.apply({ type: "seen", predictions: rendered });
    // Polls even if no prediction is new: a sign-out stops the polling, and after the next sign-in the page is rendered again.
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

    /**
     * If the prediction has too many files, saves the files that were left out. Otherwise sends the request again. If the first
     * request may have started a prediction, the same key is sent, so that no second prediction is started.
     */
    async function retry({ key, request, problem, prediction }: Job) {
      if (prediction?.save_error === "too_many") {
        await (await import("./save-remaining-files")).saveRemainingFiles(store, prediction.id);
        return poll();
      }
      if (!prediction) store.apply({ type: "removed", key });
      return submit(request, !prediction && problem?.isUnclear ? key : undefined);
    }

    return { submit, cancel, retry };
  }, [store, poll]);

  return { connection, ...actions };
}
