import { parseRatio } from "@/components/media/requested-ratio";
import type { Field } from "@/lib/models/fields";

/** An aspect ratio to choose, and the settings it stands for. `value` is what the form sends. */
export type AspectRatio = { value: string; label: string; ratio: number; settings: Record<string, unknown> };

const sizes: [label: string, width: number, height: number][] = [
  ["1:1", 1024, 1024],
  ["4:3", 1152, 896],
  ["3:2", 1216, 832],
  ["16:9", 1344, 768],
  ["3:4", 896, 1152],
  ["2:3", 832, 1216],
  ["9:16", 768, 1344],
];

/** The aspect ratios of a model: its own list, or sizes of about one megapixel. */
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
  const width = fields.find((field) => field.name === "width" && field.kind === "integer");
  const height = fields.find((field) => field.name === "height" && field.kind === "integer");
  if (!width || !height) return [];
  // Older models are trained on 512 px and repeat the subject in larger images.
  const scale = (typeof width.default === "number" ? width.default : 1024) <= 640 ? 0.5 : 1;
  return sizes.map(([label, w, h]) => ({
    value: `${w * scale}x${h * scale}`,
    label,
    ratio: w / h,
    settings: { width: w * scale, height: h * scale },
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
 * Finds the aspect ratio that matches these values. For values without a size, returns the model's default, or else a square.
 * Returns undefined if the values have a size that no aspect ratio matches.
 */
export function initialAspectRatio(ratios: AspectRatio[], fields: Field[], values: Record<string, unknown>) {
  const found = findAspectRatio(ratios, values);
  if (found || ["width", "height", "aspect_ratio"].some((name) => name in values)) return found;
  const defaults = Object.fromEntries(fields.map((field) => [field.name, field.default]));
  return findAspectRatio(ratios, defaults) ?? ratios.find(({ ratio }) => ratio === 1) ?? ratios[0];
}
