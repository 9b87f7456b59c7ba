import { useEffect } from "react";
import { useRouter } from "next/navigation";
import type { JobStore } from "@/components/jobs/store";
import { isActive } from "@/lib/predictions/parse-logs";

/** Between an end and the question what it adds up to (ms): several may end together. */
const later = 1500;

/** Has the server draw the page's totals anew when something has ended. */
export function useRefresh(store: JobStore) {
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let before = runningIn(store);
    const unsubscribe = store.subscribe(() => {
      const now = runningIn(store);
      if (before.some((key) => !now.includes(key))) {
        clearTimeout(timer);
        timer = setTimeout(() => router.refresh(), later);
      }
      before = now;
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [store, router]);
}

function runningIn(store: JobStore) {
  return store.get().flatMap(({ key, prediction }) => (prediction && isActive(prediction) ? [key] : []));
}
