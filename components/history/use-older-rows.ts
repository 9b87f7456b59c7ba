import { useState } from "react";
import type { JobStore } from "@/components/generate/store";
import { announce } from "@/components/ui/live-region";
import type { OlderState } from "@/components/ui/older-link";
import type { Prediction } from "@/lib/predictions/schema";

export type PredictionPage = { results: Prediction[]; next: string | null };

/** Brings older predictions into the store, a page at a time. */
export function useOlderRows(
  store: JobStore,
  first: string | null,
  loadOlder: (cursor: string) => Promise<PredictionPage | null>,
) {
  const [next, setNext] = useState(first);
  const [state, setState] = useState<OlderState>("idle");

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
