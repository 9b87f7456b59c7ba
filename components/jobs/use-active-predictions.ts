import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { useRouter } from "next/navigation";
import { mediaItemsOf } from "@/components/media/item";
import { isActive, isUnsaved } from "@/lib/predictions/parse-logs";
import type { Prediction } from "@/lib/predictions/schema";
import { type Connection, pollActive } from "./polling";
import type { JobStore } from "./store";

/**
 * Keeps the running predictions of a feed up to date with one open request. `follow` starts it anew, to see what was just
 * started; `hear` takes in predictions that are known from elsewhere. `onNewest` gets the newest of all, wherever they
 * were started; without it they join the feed.
 */
export function useActivePredictions(store: JobStore, onNewest?: (predictions: Prediction[]) => void) {
  const router = useRouter();
  const [connection, setConnection] = useState<Connection>("open");
  const known = useRef<Connection>("open");
  const running = useRef<AbortController>(null);

  const onConnection = useCallback((now: Connection) => {
    known.current = now;
    setConnection(now);
  }, []);

  const follow = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    void pollActive({
      owner: store.owner,
      activeIds: () => activeIn(store),
      onSeen: (predictions) => {
        preloadImages(predictions);
        store.apply({ type: "seen", predictions });
      },
      onConnection,
      signal: controller.signal,
    });
  }, [store, onConnection]);

  const hear = useCallback(
    (predictions: Prediction[]) => {
      const before = activeIn(store);
      store.apply({ type: "seen", predictions });
      if (activeIn(store).some((id) => !before.includes(id))) follow();
    },
    [store, follow],
  );

  useEffect(() => {
    // A request that was open while the machine slept may be dead without saying so.
    const onVisible = () => {
      if (document.visibilityState === "visible") follow();
    };
    const onOffline = () => onConnection("lost");
    const onOnline = () => {
      if (known.current === "lost") onConnection("open");
      follow();
    };
    follow();
    window.addEventListener("online", onOnline);
    window.addEventListener("offline", onOffline);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      running.current?.abort();
      window.removeEventListener("online", onOnline);
      window.removeEventListener("offline", onOffline);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [follow, onConnection]);

  const onSeen = useEffectEvent(onNewest ?? hear);
  const onSignedIn = useEffectEvent(() => router.refresh());
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const watch = {
      onSeen: (predictions: Prediction[]) => onSeen(predictions),
      onConnection,
      isSignedOut: () => known.current === "signedOut",
      onSignedIn: () => onSignedIn(),
      signal,
    };
    // Fetched after the page; where it does not come, what is started elsewhere is seen after a reload.
    import("./background-updates").then(
      ({ startBackgroundUpdates }) => {
        if (!signal.aborted) startBackgroundUpdates(store, watch);
      },
      () => {},
    );
    return () => controller.abort();
  }, [store, onConnection]);

  return { connection, follow, hear };
}

function activeIn(store: JobStore) {
  return store.get().flatMap(({ prediction }) => (prediction && isActive(prediction) ? [prediction.id] : []));
}

/** Has the browser fetch what has just finished while its card is still being drawn. */
function preloadImages(predictions: Prediction[]) {
  for (const { src } of predictions.filter(isUnsaved).flatMap(mediaItemsOf)) {
    const image = new Image();
    image.fetchPriority = "high";
    image.src = src;
  }
}
