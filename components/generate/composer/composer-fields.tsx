import type { ReactNode } from "react";
import { ChevronRight } from "lucide-react";
import { AspectRatioField } from "@/components/generate/fields/aspect-ratio-field";
import { isAspectRatio } from "@/components/generate/fields/aspect-ratios";
import { CountField } from "@/components/generate/fields/count-field";
import { initialValues, isSetByRatio } from "@/components/generate/fields/form-values";
import type { MediaChoice } from "@/components/generate/fields/media-choice";
import { SettingField } from "@/components/generate/fields/setting-field";
import type { Values } from "@/components/jobs/job";
import { type Field, takesMedia } from "@/lib/models/inputs/fields";
import { placeFields } from "./place-fields";

type ComposerFieldsProps = {
  fields: Field[];
  start: Values | null;
  mediaChoices: MediaChoice[];
  errors: ReadonlyMap<string, string>;
  /** The text that the prompt field shows while it is empty. */
  placeholder?: string;
  promptTools: ReactNode;
};

const setByRatio = {
  required: false,
  default: undefined,
  description: "Leave empty to use the size of the aspect ratio.",
};

/**
 * The fields for the settings of a model. Required settings come first. Common settings, such as the seed, have fixed places. All
 * other settings keep the model's own order: the main file and lists of images are always visible, and the rest are in a closed
 * `details` element at the end.
 */
export function ComposerFields({ fields, start, mediaChoices, errors, placeholder, promptTools }: ComposerFieldsProps) {
  const { prompt, negative, count, seed, steps, guidance, more } = placeFields(fields);
  const { ratios, ratio, valueOf } = initialValues(fields, start ?? {});
  const media = more.filter(takesMedia);
  const firstMedia = media.find(({ isMainFile }) => isMainFile) ?? media[0];
  const isVisible = (field: Field) => field.isMainFile || (field.kind === "files" && media.includes(field));
  const needed = more.filter((field) => field.required && !isSetByRatio(field, ratios));
  const others = more.filter((field) => !needed.includes(field));
  const folded = others.filter((field) => !isVisible(field));
  const propsOf = (field: Field) => ({
    field,
    value: valueOf(field),
    error: errors.get(field.name),
    mediaChoices,
    isFirstMedia: field === firstMedia,
  });

  function renderPlaced(field: Field | null, changes: Partial<Field>, placeholder?: string) {
    if (!field) return null;
    const props = propsOf({ ...field, description: undefined, ...changes });
    return withCondition(field, <SettingField {...props} placeholder={placeholder} />);
  }

  function renderOther(field: Field) {
    const changes = isSetByRatio(field, ratios) ? setByRatio : null;
    return withCondition(field, <SettingField key={field.name} {...propsOf(field)} field={{ ...field, ...changes }} />);
  }

  // The server's HTML requires the prompt, unless it is optional for the model and another field can replace it. Without
  // JavaScript, the prompt would stay required even after the user has filled in the other field.
  const isPromptRequired = prompt?.required || !fields.some((field) => field.replacesPrompt);

  return (
    <>
      {prompt?.required ? null : needed.map(renderOther)}
      {renderPlaced(prompt, { label: "Prompt", kind: "longtext", required: isPromptRequired }, placeholder)}
      {prompt ? promptTools : null}
      {prompt?.required ? needed.map(renderOther) : null}
      {renderPlaced(negative, { label: "Negative prompt", kind: "longtext" }, "Anything to avoid, e.g. text, blur")}
      {ratios.length > 0
        ? withCondition(fields.find(isAspectRatio), <AspectRatioField ratios={ratios} value={ratio?.value} />)
        : null}
      <div className="grid grid-cols-2 items-start gap-x-4 gap-y-5 empty:hidden max-[24rem]:grid-cols-1">
        {count ? <CountField {...propsOf(count)} /> : null}
        {renderPlaced(seed, {})}
        {renderPlaced(steps, { label: "Steps" })}
        {renderPlaced(guidance, { label: "Guidance" })}
      </div>
      {others.filter(isVisible).map(renderOther)}
      {folded.length > 0 ? (
        <details className="group/more">
          <summary className="flex min-h-10 list-none items-center gap-2 text-[13px] font-medium text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
            <ChevronRight aria-hidden className="size-4 transition-transform group-open/more:rotate-90" />
            More settings
          </summary>
          <div className="flex flex-col gap-5 pt-3">{folded.map(renderOther)}</div>
        </details>
      ) : null}
    </>
  );
}

/** Puts a setting that depends on other settings into a `fieldset`, which hide-unused-settings.tsx can hide. */
function withCondition(field: Field | undefined, setting: ReactNode) {
  return field?.usedWhen ? (
    <fieldset key={field.name} data-setting={field.name} role="presentation" className="contents">
      {setting}
    </fieldset>
  ) : (
    setting
  );
}
