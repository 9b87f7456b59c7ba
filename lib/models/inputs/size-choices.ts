import type { Field } from "./fields";

/** A size that the user can choose, with its aspect ratio as its label. The sides are in px. */
export type Size = [label: string, width: number, height: number];

const sizes: Size[] = [
  ["1:1", 1024, 1024],
  ["4:3", 1152, 896],
  ["3:2", 1216, 832],
  ["16:9", 1344, 768],
  ["3:4", 896, 1152],
  ["2:3", 832, 1216],
  ["9:16", 768, 1344],
];

/**
 * Adds sizes to the field of the width, if a model takes a width and a height instead of an aspect ratio. The sizes have about
 * one megapixel, or a quarter of it for older models. Sizes beyond the model's bounds are left out.
 */
export function withSizes(fields: Field[]): Field[] {
  const [width, height] = ["width", "height"].map((side) =>
    fields.find(({ name, kind }) => name === side && kind === "integer"),
  );
  if (!width || !height || fields.some(({ name, kind }) => name === "aspect_ratio" && kind === "select")) return fields;
  // A model whose default width is at most 640 px is usually an older one, trained on images of 512 px. In larger images, such a
  // model repeats the subject. So its sizes are half as wide and half as high.
  const scale = (typeof width.default === "number" ? width.default : 1024) <= 640 ? 0.5 : 1;
  const scaled = sizes.map(([label, w, h]): Size => [label, w * scale, h * scale]);
  const possible = scaled.filter(([, w, h]) => isWithin(w, width) && isWithin(h, height));
  return fields.map((field) => (field === width ? { ...field, sizes: possible } : field));
}

function isWithin(side: number, { min = 0, max = Infinity }: Field): boolean {
  return side >= min && side <= max;
}
