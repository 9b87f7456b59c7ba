import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { useRouter } from "next/navigation";
import { createStore, useStore } from "@/components/ui/create-store";
import type { Prediction } from "@/lib/predictions/schema";
import { activeIds, type JobStore } from "./job-store";
import type { Connection } from "./poll-active";
import { retryPause, waitOrUntilOnline } from "./retry-pause";

/**
 * Updates the active predictions of a store. Call `poll` after a prediction was started, to restart polling. `onNewest` receives
 * the user's newest predictions, including those started in another tab or on another device. Without `onNewest`, new predictions
 * are added to the store.
 */
export function useActivePredictions(store: JobStore, onNewest?: (predictions: Prediction[]) => void) {
  const router = useRouter();
  const [connection] = useState(() => createStore<Connection>("open"));
  const polling = useRef<AbortController>(null);

  const poll = useCallback(() => {
    polling.current?.abort();
    polling.current = new AbortController();
    void loadAndPoll(store, connection.set, polling.current.signal);
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
      // A request that was open while the device slept may never end, not even with an error. So polling is restarted.
      if (document.visibilityState === "visible") poll();
    };
    const onOnline = () => {
      if (connection.get() === "lost") connection.set("open");
      poll();
    };
    document.addEventListener("visibilitychange", onVisible, { signal });
    window.addEventListener("online", onOnline, { signal });
    window.addEventListener("offline", () => connection.set("lost"), { signal });
    Promise.all([import("./announce-steps"), import("./poll-newest")]).then(
      ([{ announceSteps }, { pollNewest }]) => {
        if (signal.aborted) return;
        announceSteps(store, signal);
        pollNewest(store, {
          connection,
          onNewest: (predictions) => onNewestSeen(predictions),
          onSignedIn: () => onSignedIn(),
          signal,
        });
      },
      // If loading fails, predictions that were started in another tab or on another device appear only after a reload.
      () => {},
    );
    return () => {
      controller.abort();
      polling.current?.abort();
    };
  }, [store, connection, poll]);

  return { connection: useStore(connection, (now) => now), poll };
}

/** Loads the code for polling, and starts polling. Loading fails while the connection is lost, so the code is requested again. */
async function loadAndPoll(store: JobStore, onConnection: (now: Connection) => void, signal: AbortSignal) {
  for (let failures = 1; !signal.aborted; failures += 1) {
    const loaded = await import("./poll-active").catch(() => null);
    if (loaded) return loaded.pollActive(store, onConnection, signal);
    onConnection("lost");
    await waitOrUntilOnline(retryPause(failures), signal);
  }
}
