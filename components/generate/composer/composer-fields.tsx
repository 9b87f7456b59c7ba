import type { ReactNode } from "react";
import { type Field, takesMedia } from "@/lib/models/fields";
import { CountField } from "@/components/generate/fields/count-field";
import { startOf } from "@/components/generate/fields/fill-form";
import { countChoices, layoutFields } from "@/components/generate/fields/layout-fields";
import { MoreSettings } from "./more-settings";
import { NumberField } from "@/components/generate/fields/number-field";
import type { MediaChoice } from "@/components/generate/fields/media-choice";
import { PromptField } from "@/components/generate/fields/prompt-field";
import type { Values } from "@/components/jobs/job";
import { controlName } from "@/components/generate/fields/form-values";
import { SeedField } from "@/components/generate/fields/seed-field";
import { AspectRatioField } from "@/components/generate/fields/aspect-ratio-field";
import { defaultShape, shapeFor, shapesOf } from "@/components/generate/fields/aspect-ratios";

type ComposerFieldsProps = {
  fields: Field[];
  start: Values | null;
  mediaChoices: MediaChoice[];
  errors: ReadonlyMap<string, string>;
  promptTools: ReactNode;
};

/** The settings of a model: the usual ones where one looks for them, the others in the model's own order. */
export function ComposerFields({ fields, start, mediaChoices, errors, promptTools }: ComposerFieldsProps) {
  const { prompt, negative, count, seed, steps, guidance, more } = layoutFields(fields);
  const shapes = shapesOf(fields);
  const choices = countChoices(count);
  const begin = (field: Field) => ({ field, value: startOf(field, start), error: errors.get(field.name) });
  const isCustom = start !== null && "width" in start && !shapeFor(shapes, start);
  const shape = isCustom ? undefined : (shapeFor(shapes, start ?? {}) ?? defaultShape(shapes, fields));

  return (
    <>
      {prompt ? <PromptField {...begin(prompt)} label="Prompt" placeholder="What should be in the image?" /> : null}
      {prompt ? promptTools : null}
      {negative ? <PromptField {...begin(negative)} label="Negative prompt" placeholder="What should not" /> : null}
      {shapes.length > 0 ? <AspectRatioField shapes={shapes} value={shape?.value} /> : null}
      <div className="grid grid-cols-2 max-[24rem]:grid-cols-1 items-end gap-x-4 gap-y-5 empty:hidden">
        {count && choices.length > 0 ? (
          <CountField name={controlName(count)} choices={choices} value={Number(startOf(count, start) ?? choices[0])} />
        ) : null}
        {seed ? <SeedField {...begin(seed)} /> : null}
        {steps ? <NumberField {...begin(steps)} label="Steps" /> : null}
        {guidance ? <NumberField {...begin(guidance)} label="Guidance" /> : null}
      </div>
      <MoreSettings
        fields={more}
        shape={shape ?? null}
        isInShape={(field) => field.name in (shapes[0]?.settings ?? {})}
        begin={begin}
        mediaChoices={mediaChoices}
        firstItem={more.find(takesMedia)?.name ?? null}
      />
    </>
  );
}
