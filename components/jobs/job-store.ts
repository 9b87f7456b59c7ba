import { createStore } from "@/components/ui/create-store";
import { isActive } from "@/lib/predictions/status";
import type { Prediction } from "@/lib/predictions/schema";
import { type Job, jobOf } from "./job";
import { type JobAction, jobsReducer } from "./jobs-reducer";

export type JobStore = ReturnType<typeof createJobStore>;

/**
 * Creates a store for the jobs of a feed. The jobs are stored outside React, so that polling can read a change before the next
 * render.
 */
export function createJobStore(initial: Job[], owner: string) {
  const { get, set, subscribe } = createStore(initial);
  return { owner, get, subscribe, apply: (action: JobAction) => set(jobsReducer(get(), action)) };
}

let saved: JobStore | null = null;

/**
 * Returns the store of a user's feed. In the browser, the store stays in memory, so no response is lost when the user leaves the
 * page Generate and returns.
 */
export function jobStoreOf(owner: string, predictions: Prediction[]) {
  // On the server, all users share this module, so it must not keep a store.
  if (typeof window === "undefined") return createJobStore(predictions.map(jobOf), owner);
  if (saved?.owner !== owner) saved = createJobStore([], owner);
  saved.apply({ type: "loaded", predictions });
  return saved;
}

/** Returns the ids of the predictions that can still change: they are queued or running, or their files are being saved. */
export function activeIds(store: JobStore) {
  return store.get().flatMap(({ prediction }) => (prediction && isActive(prediction) ? [prediction.id] : []));
}
