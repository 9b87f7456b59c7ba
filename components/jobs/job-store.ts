import { createStore } from "@/components/ui/create-store";
import { isActive } from "@/lib/predictions/status";
import type { Prediction } from "@/lib/predictions/schema";
import { type Job, jobOf } from "./job";
import { type JobAction, jobsReducer } from "./jobs-reducer";

export type JobStore = ReturnType<typeof createJobStore>;

/** The jobs of a feed. They are stored outside React, so that polling can read a change at once, before the next render. */
export function createJobStore(initial: Job[], owner: string) {
  const { get, set, subscribe } = createStore(initial);
  return { owner, get, subscribe, apply: (action: JobAction) => set(jobsReducer(get(), action)) };
}

let saved: JobStore | null = null;

/**
 * Returns a user's feed. In the browser, it stays in memory, so no response is lost when the user leaves Generate and returns.
 */
export function jobStoreOf(owner: string, predictions: Prediction[]) {
  // On the server, all users share this module, so it must not keep a feed.
  if (typeof window === "undefined") return createJobStore(predictions.map(jobOf), owner);
  if (saved?.owner !== owner) saved = createJobStore([], owner);
  saved.apply({ type: "loaded", predictions });
  return saved;
}

/** The ids of the predictions that can still change: the model is running, or files are being saved. */
export function activeIds(store: JobStore) {
  return store.get().flatMap(({ prediction }) => (prediction && isActive(prediction) ? [prediction.id] : []));
}
