import type { ReactNode } from "react";
import { AspectRatioField } from "@/components/generate/fields/aspect-ratio-field";
import { isAspectRatio } from "@/components/generate/fields/aspect-ratios";
import { CountField } from "@/components/generate/fields/count-field";
import { controlName, initialValues } from "@/components/generate/fields/form-values";
import type { MediaChoice } from "@/components/generate/fields/media-choice";
import { NumberField } from "@/components/generate/fields/number-field";
import { PromptField } from "@/components/generate/fields/prompt-field";
import { SeedField } from "@/components/generate/fields/seed-field";
import type { Values } from "@/components/jobs/job";
import type { Field } from "@/lib/models/fields";
import { exactCountNames } from "@/lib/models/image-count";
import { MoreSettings } from "./more-settings";

type ComposerFieldsProps = {
  fields: Field[];
  start: Values | null;
  mediaChoices: MediaChoice[];
  errors: ReadonlyMap<string, string>;
  promptTools: ReactNode;
};

/** The settings of a model: common settings in fixed places, all others in the model's own order. */
export function ComposerFields({ fields, start, mediaChoices, errors, promptTools }: ComposerFieldsProps) {
  const { prompt, negative, count, seed, steps, guidance, more } = layoutFields(fields);
  const { ratios, ratio, valueOf } = initialValues(fields, start ?? {});
  const counts = countChoices(count);
  const propsOf = (field: Field) => ({ field, value: valueOf(field), error: errors.get(field.name) });

  return (
    <>
      {prompt ? (
        <>
          <PromptField {...propsOf(prompt)} label="Prompt" placeholder="What should be in the image?" />
          {promptTools}
        </>
      ) : null}
      {negative ? (
        <PromptField {...propsOf(negative)} label="Negative prompt" placeholder="Anything to avoid, e.g. text, blur" />
      ) : null}
      {ratios.length > 0 ? <AspectRatioField ratios={ratios} value={ratio?.value} /> : null}
      <div className="grid grid-cols-2 items-end gap-x-4 gap-y-5 empty:hidden max-[24rem]:grid-cols-1">
        {count && counts.length > 0 ? (
          <CountField name={controlName(count)} choices={counts} value={Number(valueOf(count) ?? counts[0])} />
        ) : null}
        {seed ? <SeedField {...propsOf(seed)} /> : null}
        {steps ? <NumberField {...propsOf(steps)} label="Steps" /> : null}
        {guidance ? <NumberField {...propsOf(guidance)} label="Guidance" /> : null}
      </div>
      <MoreSettings fields={more} ratios={ratios} propsOf={propsOf} mediaChoices={mediaChoices} />
    </>
  );
}

const names = {
  prompt: ["prompt"],
  negative: ["negative_prompt"],
  count: exactCountNames,
  steps: ["num_inference_steps", "steps"],
  guidance: ["guidance_scale", "guidance", "cfg_scale", "cfg"],
};

/** Finds the fields with a fixed place in the composer. `more` has all others, in the model's order. */
export function layoutFields(fields: Field[]) {
  const sorted = fields.toSorted((a, b) => a.order - b.order);
  const find = (possible: string[], kinds: Field["kind"][]) =>
    sorted.find(({ name, kind }) => possible.includes(name) && kinds.includes(kind)) ?? null;
  const layout = {
    prompt: find(names.prompt, ["text", "longtext"]),
    negative: find(names.negative, ["text", "longtext"]),
    count: find(names.count, ["integer"]),
    seed: sorted.find(({ kind }) => kind === "seed") ?? null,
    steps: find(names.steps, ["integer", "number"]),
    guidance: find(names.guidance, ["integer", "number"]),
  };
  const placed = new Set(Object.values(layout));
  return { ...layout, more: sorted.filter((field) => !placed.has(field) && !isAspectRatio(field)) };
}

const maxCount = 4;

/** The choices for the number of images; none when the model generates only one image. */
export function countChoices(field: Field | null) {
  const [from, to] = [field?.min ?? 1, Math.min(field?.max ?? maxCount, maxCount)];
  return field && to > from ? Array.from({ length: to - from + 1 }, (_, index) => from + index) : [];
}
