import { useRef, useState } from "react";
import type { AspectRatio } from "@/components/generate/fields/aspect-ratios";
import type { GenerateRequest, Values } from "@/components/jobs/job";

/** `cost`: what a run of the model usually costs, in US dollars; null if it is not known. */
type ComparedModel = { ratios: AspectRatio[]; cost: number | null };
export type LoadCompared = (model: string) => Promise<ComparedModel>;

/**
 * Stores which models the user compares with the form's model (`chosen`). `requestsFor` returns one request for each chosen
 * model. `cost`: what these requests usually cost together (US dollars); NaN if one of the costs is not known.
 */
export function useCompare(model: string, loadCompared: LoadCompared) {
  const [compared, setCompared] = useState<string[]>([]);
  const [costs, setCosts] = useState<Record<string, number | null>>({});
  const loads = useRef(new Map<string, Promise<ComparedModel>>());
  const chosen = compared.filter((other) => other !== model);
  const cost = chosen.reduce((sum, other) => sum + (costs[other] ?? NaN), 0);

  function chooseModels(models: string[]) {
    for (const other of models) {
      void load(other).then((loaded) => setCosts((known) => ({ ...known, [other]: loaded.cost })));
    }
    setCompared(models);
  }

  function load(other: string) {
    // If loading fails, the request is sent without an aspect ratio, and the model uses its default.
    const loading = loads.current.get(other) ?? loadCompared(other).catch(() => ({ ratios: [], cost: null }));
    loads.current.set(other, loading);
    return loading;
  }

  async function requestsFor(values: Values): Promise<GenerateRequest[]> {
    if (chosen.length === 0) return [];
    // `compare-models` is already loaded, because it contains the menu in which the models were chosen.
    return (await import("./compare-models")).requestsFor(chosen, load, values);
  }

  return { chosen, chooseModels, requestsFor, cost };
}
