import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { useRouter } from "next/navigation";
import { createStore, useStore } from "@/components/ui/create-store";
import type { Prediction } from "@/lib/predictions/schema";
import type { GenerateRequest, Job } from "./job";
import { type Connection, pollActive } from "./polling";
import { activeIds, type JobStore } from "./store";
import { cancelJob, newKey, startJob } from "./submit";

/**
 * The actions on the jobs of a store; the functions stay the same when the jobs change. `rendered` are the predictions in
 * the server's last render of the page. The store must already contain those of the first render.
 */
export function useJobActions(store: JobStore, rendered: Prediction[], onNewest?: (predictions: Prediction[]) => void) {
  const { connection, poll } = useActivePredictions(store, onNewest);
  const previous = useRef(rendered);

  useEffect(() => {
    if (previous.current === rendered) return;
    previous.current = rendered;
    store.apply({ type: "seen", predictions: rendered });
    // Even if nothing is new: polling stops on sign-out, and the page is rendered again after sign-in.
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

    /** Saves the rest of the files, or runs a request again: with the same key, if it may already have started a prediction. */
    async function retry({ key, request, problem, prediction }: Job) {
      if (prediction?.save_error === "too_many") {
        await (await import("./save-rest")).saveRest(store, prediction.id);
        return poll();
      }
      if (!prediction) store.apply({ type: "removed", key });
      return submit(request, !prediction && problem?.isUnclear ? key : undefined);
    }

    return { submit, cancel, retry };
  }, [store, poll]);

  return { connection, ...actions };
}

/**
 * Updates the running predictions of a store. `poll` restarts polling, after a prediction was started. `onNewest` receives
 * the user's newest predictions, including those started elsewhere. Without `onNewest`, they are added to the store.
 */
function useActivePredictions(store: JobStore, onNewest?: (predictions: Prediction[]) => void) {
  const router = useRouter();
  const [connection] = useState(() => createStore<Connection>("open"));
  const polling = useRef<AbortController>(null);

  const poll = useCallback(() => {
    polling.current?.abort();
    polling.current = new AbortController();
    void pollActive(store, connection.set, polling.current.signal);
  }, [store, connection]);

  function addToStore(predictions: Prediction[]) {
    const before = activeIds(store);
    store.apply({ type: "seen", predictions });
    if (activeIds(store).some((id) => !before.includes(id))) poll();
  }
  const onNewestSeen = useEffectEvent(onNewest ?? addToStore);
  const onSignedIn = useEffectEvent(() => router.refresh());

  useEffect(() => {
    poll();
    const controller = new AbortController();
    const { signal } = controller;
    const onVisible = () => {
      // A request that was open during sleep may never end, and gives no error.
      if (document.visibilityState === "visible") poll();
    };
    const onOnline = () => {
      if (connection.get() === "lost") connection.set("open");
      poll();
    };
    document.addEventListener("visibilitychange", onVisible, { signal });
    window.addEventListener("online", onOnline, { signal });
    window.addEventListener("offline", () => connection.set("lost"), { signal });
    import("./background-updates").then(
      ({ announceSteps, pollNewest }) => {
        if (signal.aborted) return;
        announceSteps(store, signal);
        pollNewest(store, {
          connection,
          onNewest: (predictions) => onNewestSeen(predictions),
          onSignedIn: () => onSignedIn(),
          signal,
        });
      },
      // If loading fails, predictions that were started elsewhere appear only after a reload.
      () => {},
    );
    return () => {
      controller.abort();
      polling.current?.abort();
    };
  }, [store, connection, poll]);

  return { connection: useStore(connection, (now) => now), poll };
}
