import { useRef, useState } from "react";
import { ratioOf } from "@/components/media/aspect-ratio";
import type { Request, Values } from "@/components/jobs/job";
import type { Shape } from "@/components/generate/fields/aspect-ratios";

/** The shapes that a model can make; asked for when it is chosen. */
export type LoadShapes = (model: string) => Promise<Shape[]>;

/** The models that get the same prompt as the one in the form, and what to send to them. */
export function useCompare(model: string, loadShapes: LoadShapes) {
  const [compared, setCompared] = useState<string[]>([]);
  const shapes = useRef(new Map<string, Promise<Shape[]>>());
  const chosen = compared.filter((other) => other !== model);

  function choose(models: string[]) {
    for (const other of models) void shapesOf(other);
    setCompared(models);
  }

  function shapesOf(other: string) {
    // Without an answer it makes what shape it likes.
    const known = shapes.current.get(other) ?? loadShapes(other).catch(() => []);
    shapes.current.set(other, known);
    return known;
  }

  /** The words are for every model; of the settings, the shape is what all of them have. */
  async function requestsFor(values: Values): Promise<Request[]> {
    const ratio = ratioOf(values);
    return Promise.all(
      chosen.map(async (other) => {
        const nearest = (await shapesOf(other)).toSorted((a, b) => off(a, ratio) - off(b, ratio))[0];
        return { model: other, input: { prompt: values.prompt, ...nearest?.settings } };
      }),
    );
  }

  return { chosen, choose, requestsFor };
}

function off(shape: Shape, ratio: number) {
  return Math.abs(Math.log(shape.ratio / ratio));
}
