import { parseRatio } from "@/components/media/requested-ratio";
import type { Field } from "@/lib/models/inputs/fields";

/** An aspect ratio that the user can choose. `value`: what the form sends. `settings`: the model's settings for this ratio. */
export type AspectRatio = { value: string; label: string; ratio: number; settings: Record<string, unknown> };

/**
 * Returns the options of the model's setting `aspect_ratio`. Without this setting, returns the ratios of the sizes that the form
 * offers for the model's width and height.
 */
export function aspectRatiosOf(fields: Field[]): AspectRatio[] {
  const { options } = fields.find(isAspectRatio) ?? {};
  if (options) {
    return options.map((option) => {
      const value = String(option);
      return {
        value,
        label: value.replaceAll("_", " "),
        ratio: parseRatio(value),
        settings: { aspect_ratio: option },
      };
    });
  }
  const { sizes = [] } = fields.find((field) => field.sizes) ?? {};
  return sizes.map(([label, width, height]) => ({
    value: `${width}x${height}`,
    label,
    ratio: width / height,
    settings: { width, height },
  }));
}

export function isAspectRatio({ name, kind }: Field) {
  return name === "aspect_ratio" && kind === "select";
}

/** Finds the aspect ratio whose settings are all in `values`. */
export function findAspectRatio(ratios: AspectRatio[], values: Record<string, unknown>) {
  return ratios.find(({ settings }) => Object.entries(settings).every(([name, value]) => values[name] === value));
}

/**
 * Finds the aspect ratio that matches these values. If the values contain no size, returns the model's default or, if it has
 * none, a square or the first ratio. Returns undefined if the values contain a size that no aspect ratio matches.
 */
export function initialAspectRatio(ratios: AspectRatio[], fields: Field[], values: Record<string, unknown>) {
  const found = findAspectRatio(ratios, values);
  if (found || ["width", "height", "aspect_ratio"].some((name) => name in values)) return found;
  const defaults = Object.fromEntries(fields.map((field) => [field.name, field.default]));
  return findAspectRatio(ratios, defaults) ?? ratios.find(({ ratio }) => ratio === 1) ?? ratios[0];
}
