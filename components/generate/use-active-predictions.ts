import { useCallback, useEffect, useRef, useState } from "react";
import { picturesOf } from "@/components/prediction/picture";
import { isActive, isUnsaved } from "@/lib/predictions/progress";
import type { Prediction } from "@/lib/predictions/schema";
import { type Connection, followActive } from "./follow-active";
import type { JobStore } from "./store";

/** Keeps the running predictions of a feed up to date with one open request. `follow` starts it anew, to see what was just started. */
export function useActivePredictions(store: JobStore) {
  const [connection, setConnection] = useState<Connection>("open");
  const running = useRef<AbortController>(null);

  const follow = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    void followActive({
      activeIds: () =>
        store.get().flatMap(({ prediction }) => (prediction && isActive(prediction) ? [prediction.id] : [])),
      onSeen: (predictions) => {
        preloadPictures(predictions);
        store.apply({ type: "seen", predictions });
      },
      onConnection: setConnection,
      signal: controller.signal,
    });
  }, [store]);

  useEffect(() => {
    // A request that was open while the machine slept may be dead without saying so.
    const onVisible = () => {
      if (document.visibilityState === "visible") follow();
    };
    follow();
    window.addEventListener("online", follow);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      running.current?.abort();
      window.removeEventListener("online", follow);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [follow]);

  return { connection, follow };
}

/** Has the browser fetch what has just finished while its card is still being drawn. */
function preloadPictures(predictions: Prediction[]) {
  for (const { src } of predictions.filter(isUnsaved).flatMap(picturesOf)) {
    const image = new Image();
    image.fetchPriority = "high";
    image.src = src;
  }
}
