import { ChevronRight } from "lucide-react";
import type { AspectRatio } from "@/components/generate/fields/aspect-ratios";
import { isSetByRatio } from "@/components/generate/fields/form-values";
import type { MediaChoice } from "@/components/generate/fields/media-choice";
import { ModelField } from "@/components/generate/fields/model-field";
import { type Field, takesMedia } from "@/lib/models/fields";

type MoreSettingsProps = {
  fields: Field[];
  ratios: AspectRatio[];
  propsOf: (field: Field) => { field: Field; value: unknown; error?: string };
  mediaChoices: MediaChoice[];
};

/** The settings without a fixed place. Required settings and lists of images are always visible, the others are folded. */
export function MoreSettings({ fields, ratios, propsOf, mediaChoices }: MoreSettingsProps) {
  const firstMedia = fields.find(takesMedia);
  const isVisible = (field: Field) =>
    !isSetByRatio(field, ratios) && (field.required || (field.kind === "files" && takesMedia(field)));
  const folded = fields.filter((field) => !isVisible(field));

  function draw(field: Field) {
    return (
      <ModelField
        key={field.name}
        {...propsOf(field)}
        field={isSetByRatio(field, ratios) ? { ...field, ...setByRatio } : field}
        mediaChoices={mediaChoices}
        isFirstMedia={field === firstMedia}
      />
    );
  }

  return (
    <>
      {fields.filter(isVisible).map(draw)}
      {folded.length > 0 ? (
        <details className="group/more">
          <summary className="flex min-h-10 list-none items-center gap-2 text-[13px] font-medium text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
            <ChevronRight aria-hidden className="size-4 transition-transform group-open/more:rotate-90" />
            More settings
          </summary>
          <div className="flex flex-col gap-5 pt-3">{folded.map(draw)}</div>
        </details>
      ) : null}
    </>
  );
}

const setByRatio = { required: false, default: undefined, description: "Leave empty to use the aspect ratio." };
