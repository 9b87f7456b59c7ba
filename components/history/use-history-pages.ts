import { useState } from "react";
import type { JobStore } from "@/components/jobs/store";
import { announce } from "@/components/ui/live-region";
import type { LoadMoreState } from "@/components/ui/load-more";
import type { Prediction } from "@/lib/predictions/schema";

export type PredictionPage = { results: Prediction[]; next: string | null };

/** Brings older predictions into the store, a page at a time. */
export function useHistoryPages(
  store: JobStore,
  first: string | null,
  loadOlder: (cursor: string) => Promise<PredictionPage | null>,
) {
  const [next, setNext] = useState(first);
  const [state, setState] = useState<LoadMoreState>("idle");

  function load() {
    if (!next || state === "loading") return;
    setState("loading");
    loadOlder(next).then(
      (page) => {
        if (!page) return setState("signedOut");
        store.apply({ type: "older", predictions: page.results });
        setNext(page.next);
        setState("idle");
        announce(`${page.results.length} older rows`);
      },
      () => setState("failed"),
    );
  }

  return { next, state, load };
}
