import { invisibleInputClass } from "@/components/ui/input";
import type { Field } from "@/lib/models/inputs/fields";
import { MAX_IMAGES_PER_PREDICTION } from "@/lib/limits/default-limits";
import { controlName } from "./form-values";
import { NumberField } from "./number-field";

/** At most this many choices fit into one row. */
const maxChoices = 4;

/**
 * The number of images, as a row of radio buttons. If there are too many choices, it is a number field. Renders nothing if the
 * model can generate only one image.
 */
export function CountField({ field, value, error }: { field: Field; value: unknown; error?: string }) {
  const { min = 1, max = MAX_IMAGES_PER_PREDICTION } = field;
  const choices = max > min ? Array.from({ length: max - min + 1 }, (_, index) => min + index) : [];
  if (choices.length > maxChoices) {
    const number = { ...field, label: "Images", description: undefined, min, max };
    return <NumberField field={number} value={value} error={error} />;
  }
  return choices.length > 0 ? (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="contents text-[13px] font-medium">Images</legend>
      <div className="flex h-10 rounded p-0.5 outline-1 -outline-offset-1 outline-edge/60 pointer-coarse:overflow-hidden pointer-coarse:p-0 pointer-coarse:outline-offset-0">
        {choices.map((choice) => (
          <label
            key={choice}
            className="relative grid flex-1 cursor-pointer place-items-center rounded-sm font-mono text-[13px] text-muted tabular-nums hover:text-ink has-checked:bg-raised has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={controlName(field)}
              value={choice}
              defaultChecked={choice === Number(value ?? choices[0])}
              className={invisibleInputClass}
            />
            {choice}
          </label>
        ))}
      </div>
    </fieldset>
  ) : null;
}
