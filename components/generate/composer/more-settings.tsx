import { ChevronRight } from "lucide-react";
import { type Field, takesMedia } from "@/lib/models/fields";
import type { MediaChoice } from "@/components/generate/fields/media-choice";
import { Setting } from "@/components/generate/fields/model-field";
import type { Shape } from "@/components/generate/fields/aspect-ratios";

type MoreSettingsProps = {
  fields: Field[];
  /** What the chosen shape says already is not said twice. */
  shape: Shape | null;
  isInShape: (field: Field) => boolean;
  begin: (field: Field) => { field: Field; value: unknown; error?: string };
  mediaChoices: MediaChoice[];
  /** The input that an image is for which is dropped on the page. */
  firstItem: string | null;
};

/**
 * The settings without a place of their own. What the model cannot do without stands open, and so do lists of images: a
 * model that takes several is chosen for that.
 */
export function MoreSettings({ fields, shape, isInShape, begin, mediaChoices, firstItem }: MoreSettingsProps) {
  const settingOf = { mediaChoices, firstItem };
  const isOpen = (field: Field) => field.required || (field.kind === "files" && takesMedia(field));
  const rest = fields.filter((field) => !isOpen(field));
  return (
    <>
      {fields.filter(isOpen).map((field) => (
        <Setting key={field.name} {...begin(field)} {...settingOf} />
      ))}
      {rest.length > 0 ? (
        <details className="group/more">
          <summary className="flex min-h-10 list-none items-center gap-2 text-[13px] font-medium text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
            <ChevronRight aria-hidden className="size-4 transition-transform group-open/more:rotate-90" />
            More settings
          </summary>
          <div className="flex flex-col gap-5 pt-3">
            {rest.map((field) =>
              isInShape(field) ? (
                <Setting
                  key={field.name}
                  {...begin(field)}
                  field={{ ...field, default: undefined, description: "Empty: as the shape says." }}
                  value={shape ? undefined : begin(field).value}
                  {...settingOf}
                />
              ) : (
                <Setting key={field.name} {...begin(field)} {...settingOf} />
              ),
            )}
          </div>
        </details>
      ) : null}
    </>
  );
}
