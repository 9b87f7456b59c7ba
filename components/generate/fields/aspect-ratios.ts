import type { Field } from "@/lib/models/fields";
import { parseRatio } from "@/components/media/aspect-ratio";

/** One of the little shapes: what it stands for, and the settings it means. `value` is what the form posts. */
export type Shape = { value: string; label: string; ratio: number; settings: Record<string, unknown> };

const sizes: [label: string, width: number, height: number][] = [
  ["1:1", 1024, 1024],
  ["4:3", 1152, 896],
  ["3:2", 1216, 832],
  ["16:9", 1344, 768],
  ["3:4", 896, 1152],
  ["2:3", 832, 1216],
  ["9:16", 768, 1344],
];

/** The shapes a model can make: its own list of ratios, or sizes of the area that it is made for. */
export function shapesOf(fields: Field[]): Shape[] {
  const ratio = fields.find((field) => field.name === "aspect_ratio" && field.kind === "select");
  if (ratio?.options) {
    return ratio.options.map((option) => {
      const value = String(option);
      const label = value.replaceAll("_", " ");
      return { value, label, ratio: parseRatio(value), settings: { aspect_ratio: option } };
    });
  }
  const width = fields.find((field) => field.name === "width" && field.kind === "integer");
  const height = fields.find((field) => field.name === "height" && field.kind === "integer");
  if (!width || !height) return [];
  // Models of an earlier generation are made for 512 px and draw doubles at more.
  const scale = (typeof width.default === "number" ? width.default : 1024) <= 640 ? 0.5 : 1;
  return sizes.map(([label, w, h]) => ({
    value: `${w * scale}x${h * scale}`,
    label,
    ratio: w / h,
    settings: { width: w * scale, height: h * scale },
  }));
}

/** The shape that says exactly what `values` say, if one does. */
export function shapeFor(shapes: Shape[], values: Record<string, unknown>) {
  return shapes.find(({ settings }) => Object.entries(settings).every(([name, value]) => values[name] === value));
}

/** The shape to begin with: the model's default, else a square, else the first. */
export function defaultShape(shapes: Shape[], fields: Field[]) {
  const defaults = Object.fromEntries(fields.map((field) => [field.name, field.default]));
  return shapeFor(shapes, defaults) ?? shapes.find((shape) => shape.ratio === 1) ?? shapes[0];
}
