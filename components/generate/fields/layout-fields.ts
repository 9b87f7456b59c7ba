import type { Field } from "@/lib/models/fields";
import { countNames } from "@/components/media/aspect-ratio";

export type Layout = {
  prompt: Field | null;
  negative: Field | null;
  count: Field | null;
  seed: Field | null;
  steps: Field | null;
  guidance: Field | null;
  /** What has no place of its own in the composer, in the model's order. */
  more: Field[];
};

const places = {
  prompt: ["prompt"],
  negative: ["negative_prompt"],
  count: countNames,
  steps: ["num_inference_steps", "steps"],
  guidance: ["guidance_scale", "guidance", "cfg_scale", "cfg"],
};

const mostChoices = 4;

/** Which field of a model goes where in the composer. */
export function layoutFields(fields: Field[]): Layout {
  const sorted = fields.toSorted((a, b) => a.order - b.order);
  const find = (names: string[], kinds: Field["kind"][]) =>
    sorted.find((field) => names.includes(field.name) && kinds.includes(field.kind)) ?? null;
  const layout = {
    prompt: find(places.prompt, ["text", "longtext"]),
    negative: find(places.negative, ["text", "longtext"]),
    count: find(places.count, ["integer"]),
    seed: sorted.find((field) => field.kind === "seed") ?? null,
    steps: find(places.steps, ["integer", "number"]),
    guidance: find(places.guidance, ["integer", "number"]),
  };
  const placed = new Set(Object.values(layout));
  const isRatio = (field: Field) => field.name === "aspect_ratio" && field.kind === "select";
  return { ...layout, more: sorted.filter((field) => !placed.has(field) && !isRatio(field)) };
}

/** The numbers to choose from for "how many"; none when the model makes one image only. */
export function countChoices(field: Field | null) {
  const [from, to] = [field?.min ?? 1, Math.min(field?.max ?? mostChoices, mostChoices)];
  return field && to > from ? Array.from({ length: to - from + 1 }, (_, index) => from + index) : [];
}
