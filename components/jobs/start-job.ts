import type { Request } from "./job";
import type { JobStore } from "./store";
import { cancelPrediction, submitRequest } from "./submit";

/** Puts a card into the feed and asks for its images. True when they were started, false when that was refused. */
export async function startJob(store: JobStore, request: Request, key: string) {
  store.apply({ type: "sent", key, request, at: Date.now() });
  const answer = await submitRequest(request, key, () => store.apply({ type: "offline", key }), store.owner);
  if ("problem" in answer) {
    store.apply({ type: "refused", key, problem: answer.problem });
    return false;
  }
  store.apply({ type: "accepted", key, prediction: answer.prediction });
  // Before there was an answer there was no id to cancel.
  if (store.get().some((job) => job.key === key && job.cancelAsked)) void cancelJob(store, answer.prediction.id);
  return true;
}

/** Cancels what a card stands for. When that is refused it goes on, and can be canceled again. */
export async function cancelJob(store: JobStore, id: string) {
  const canceled = await cancelPrediction(id);
  store.apply(canceled ? { type: "seen", predictions: [canceled] } : { type: "cancelRefused", id });
}
