import { useState, useSyncExternalStore } from "react";
import type { Prediction } from "@/lib/predictions/schema";
import type { Job, Request } from "./jobs";
import { jobStoreOf } from "./store";
import { cancelPrediction, newKey, submitRequest } from "./submit";
import { useActivePredictions } from "./use-active-predictions";
import { useAnnouncements } from "./use-announcements";

/** The feed: its jobs, newest first, and what can be done with them. */
export function useJobs(owner: string, predictions: Prediction[]) {
  const [store] = useState(() => jobStoreOf(owner, predictions));
  const jobs = useSyncExternalStore(store.subscribe, store.get, store.get);
  const { connection, follow } = useActivePredictions(store);
  useAnnouncements(store);

  async function submit(request: Request, key = newKey()) {
    store.apply({ type: "sent", key, request, at: Date.now() });
    const answer = await submitRequest(request, key, () => store.apply({ type: "offline", key }));
    if ("problem" in answer) {
      store.apply({ type: "refused", key, problem: answer.problem });
      return;
    }
    const cancelAsked = store.get().some((job) => job.key === key && job.cancelAsked);
    store.apply({ type: "accepted", key, prediction: answer.prediction });
    follow();
    if (cancelAsked) await cancelAccepted(answer.prediction.id);
  }

  async function cancel(job: Job) {
    store.apply({ type: "cancelAsked", key: job.key });
    // Before there is an answer there is no id to cancel: `submit` does it then.
    if (job.prediction) await cancelAccepted(job.prediction.id);
  }

  async function cancelAccepted(id: string) {
    const canceled = await cancelPrediction(id);
    if (canceled) store.apply({ type: "seen", predictions: [canceled] });
  }

  /** Sends what failed once more. Where the server may have begun, with the same key: it will not begin twice. */
  function retry({ key, request, problem, prediction }: Job) {
    const isUnclear = !prediction && problem !== null && problem.status >= 500;
    if (!prediction) store.apply({ type: "removed", key });
    return submit(request, isUnclear ? key : undefined);
  }

  return { jobs, connection, submit, cancel, retry };
}
