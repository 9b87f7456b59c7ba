import type { Field } from "./fields";

/** Inputs that name a number of images. Models publish no common name. */
export const exactCountNames = ["num_outputs", "number_of_images", "num_images", "n", "num_samples", "batch_size"];

/** All inputs that say how many images to make. `max_images` is an upper limit: the model may make fewer. */
export const imageCountNames = [...exactCountNames, "max_images"];

/** How many images an input asks for, itself or by the default of the model's `fields`; at least 1. */
export function imageCount(input: Record<string, unknown>, fields: Field[] = []): number {
  const byDefault = fields.find(({ name }) => imageCountNames.includes(name))?.default;
  const count = imageCountNames.map((name) => input[name]).find((value) => typeof value === "number") ?? byDefault;
  return typeof count === "number" ? Math.max(1, Math.floor(count)) : 1;
}

/** Whether an input only limits how many images the model makes, so that fewer are no failure. */
export function mayMakeFewer(input: Record<string, unknown>): boolean {
  return "max_images" in input && !exactCountNames.some((name) => name in input);
}
