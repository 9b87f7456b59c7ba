import { isAspectRatio } from "@/components/generate/fields/aspect-ratios";
import type { Field } from "@/lib/models/inputs/fields";
import { exactCountNames } from "@/lib/models/inputs/image-count";

const names = {
  prompt: ["prompt"],
  negative: ["negative_prompt"],
  steps: ["num_inference_steps", "steps"],
  guidance: ["guidance_scale", "guidance", "cfg_scale", "cfg"],
};

/**
 * Finds the fields that have a fixed place in the composer. `more` contains all other fields except the aspect ratio, in the
 * model's order.
 */
export function placeFields(fields: Field[]) {
  const sorted = fields.toSorted((a, b) => a.order - b.order);
  const findField = (possible: string[], kinds: Field["kind"][]) =>
    sorted.find(({ name, kind, isDeprecated }) => possible.includes(name) && kinds.includes(kind) && !isDeprecated) ??
    null;
  const placed = {
    prompt: findField(names.prompt, ["text", "longtext"]),
    negative: findField(names.negative, ["text", "longtext"]),
    count: sorted.find(({ name, isCount }) => isCount && exactCountNames.includes(name)) ?? null,
    seed: sorted.find(({ kind }) => kind === "seed") ?? null,
    steps: findField(names.steps, ["integer", "number"]),
    guidance: findField(names.guidance, ["integer", "number"]),
  };
  const taken = new Set(Object.values(placed));
  return { ...placed, more: sorted.filter((field) => !taken.has(field) && !isAspectRatio(field)) };
}
