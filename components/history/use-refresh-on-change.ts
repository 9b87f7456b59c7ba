import { useCallback, useRef } from "react";
import { useRouter } from "next/navigation";
import type { JobStore } from "@/components/jobs/store";
import type { Prediction } from "@/lib/predictions/schema";

/**
 * Takes the newest predictions as they are just now, and has the server draw the page anew when one of them is not on it
 * like that: it knows which of them the page's filter lets through.
 */
export function useRefreshOnChange(store: JobStore) {
  const router = useRouter();
  const heard = useRef<string[]>([]);

  return useCallback(
    (newest: Prediction[]) => {
      const shown = store.get().flatMap(({ prediction }) => (prediction ? [stateOf(prediction)] : []));
      const known = new Set([...shown, ...heard.current]);
      heard.current = newest.map(stateOf);
      if (heard.current.some((state) => !known.has(state))) router.refresh();
    },
    [store, router],
  );
}

function stateOf({ id, status, saved_at }: Prediction) {
  return `${id} ${status} ${saved_at}`;
}
