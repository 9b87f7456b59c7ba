import { useRef, useState } from "react";
import type { AspectRatio } from "@/components/generate/fields/aspect-ratios";
import type { GenerateRequest, Values } from "@/components/jobs/job";
import { ratioOf } from "@/components/media/requested-ratio";

/** `cost`: what a run of the model usually costs, in US dollars; null if it is not known. */
type ComparedModel = { ratios: AspectRatio[]; cost: number | null };
export type LoadCompared = (model: string) => Promise<ComparedModel>;

/** The models to compare with the one in the form, the requests for them, and what these cost together. */
export function useCompare(model: string, loadCompared: LoadCompared) {
  const [compared, setCompared] = useState<string[]>([]);
  const [costs, setCosts] = useState<Record<string, number | null>>({});
  const loads = useRef(new Map<string, Promise<ComparedModel>>());
  const chosen = compared.filter((other) => other !== model);
  // NaN if one of the costs is not known.
  const cost = chosen.reduce((sum, other) => sum + (costs[other] ?? NaN), 0);

  function chooseModels(models: string[]) {
    for (const other of models) {
      void load(other).then((loaded) => setCosts((known) => ({ ...known, [other]: loaded.cost })));
    }
    setCompared(models);
  }

  function load(other: string) {
    // After a failure, the request has no aspect ratio, and the model uses its default.
    const loading = loads.current.get(other) ?? loadCompared(other).catch(() => ({ ratios: [], cost: null }));
    loads.current.set(other, loading);
    return loading;
  }

  /**
   * The requests for the other models. They contain only the prompt and the nearest aspect ratio, because models differ in other
   * settings.
   */
  async function requestsFor(values: Values): Promise<GenerateRequest[]> {
    const wanted = ratioOf(values);
    const distance = ({ ratio }: AspectRatio) => Math.abs(Math.log(ratio / wanted));
    return Promise.all(
      chosen.map(async (other) => {
        const { ratios } = await load(other);
        const [nearest] = ratios.toSorted((a, b) => distance(a) - distance(b));
        return { model: other, input: { prompt: values.prompt, ...nearest?.settings } };
      }),
    );
  }

  return { chosen, chooseModels, requestsFor, cost };
}
