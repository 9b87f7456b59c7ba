import { useCallback, useEffect, useRef } from "react";
import { useRouter } from "next/navigation";
import type { JobStore } from "@/components/jobs/job-store";
import { isActive } from "@/lib/predictions/status";
import type { Prediction } from "@/lib/predictions/schema";

/** The totals are refreshed after this delay (ms). So if several predictions finish together, the page is refreshed only once. */
const refreshDelay = 1500;

/**
 * Refreshes the page when a prediction finishes, because the totals change. Returns a callback, which must be called with the
 * newest predictions. If one of these predictions is new or has changed, the callback refreshes the page, because only the server
 * knows which predictions match the filter.
 */
export function useRefreshOnChange(store: JobStore) {
  const router = useRouter();
  const received = useRef<string[]>([]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let before = activeKeys(store);
    const unsubscribe = store.subscribe(() => {
      const now = activeKeys(store);
      if (before.some((key) => !now.includes(key))) {
        clearTimeout(timer);
        timer = setTimeout(() => router.refresh(), refreshDelay);
      }
      before = now;
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [store, router]);

  return useCallback(
    (newest: Prediction[]) => {
      const shown = store.get().flatMap(({ prediction }) => (prediction ? [versionOf(prediction)] : []));
      const known = new Set([...shown, ...received.current]);
      received.current = newest.map(versionOf);
      if (received.current.some((version) => !known.has(version))) router.refresh();
    },
    [store, router],
  );
}

function activeKeys(store: JobStore) {
  return store.get().flatMap(({ key, prediction }) => (prediction && isActive(prediction) ? [key] : []));
}

function versionOf({ id, status, saved_at }: Prediction) {
  return `${id} ${status} ${saved_at}`;
}
