import { useRef, useState } from "react";
import type { AspectRatio } from "@/components/generate/fields/aspect-ratios";
import type { GenerateRequest, Values } from "@/components/jobs/job";
import { ratioOf } from "@/components/media/requested-ratio";

export type LoadAspectRatios = (model: string) => Promise<AspectRatio[]>;

/** The models to compare with the one in the form, and the requests for them. */
export function useCompare(model: string, loadAspectRatios: LoadAspectRatios) {
  const [compared, setCompared] = useState<string[]>([]);
  const loads = useRef(new Map<string, Promise<AspectRatio[]>>());
  const chosen = compared.filter((other) => other !== model);

  function chooseModels(models: string[]) {
    for (const other of models) void aspectRatiosOf(other);
    setCompared(models);
  }

  function aspectRatiosOf(other: string) {
    // After a failure, the request has no aspect ratio, and the model uses its default.
    const load = loads.current.get(other) ?? loadAspectRatios(other).catch(() => []);
    loads.current.set(other, load);
    return load;
  }

  /** Sends the prompt and the nearest aspect ratio. Other settings are left out, because models differ in them. */
  async function requestsFor(values: Values): Promise<GenerateRequest[]> {
    const wanted = ratioOf(values);
    const distance = ({ ratio }: AspectRatio) => Math.abs(Math.log(ratio / wanted));
    return Promise.all(
      chosen.map(async (other) => {
        const [nearest] = (await aspectRatiosOf(other)).toSorted((a, b) => distance(a) - distance(b));
        return { model: other, input: { prompt: values.prompt, ...nearest?.settings } };
      }),
    );
  }

  return { chosen, chooseModels, requestsFor };
}
