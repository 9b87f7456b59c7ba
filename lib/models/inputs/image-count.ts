import type { Field } from "./fields";

/** The names of inputs for the exact number of images. Models have different names for it. */
export const exactCountNames = ["num_outputs", "number_of_images", "num_images", "n", "num_samples", "batch_size"];

/** The names of all inputs for the number of images. `max_images` is an upper limit: the model may return fewer. */
export const imageCountNames = [...exactCountNames, "max_images"];

/**
 * Returns the number of images that the input of a prediction requests, at least 1. With `fields`, reads only the fields that are
 * marked with `isCount`. If none of them has a value in the input, uses the model's default.
 */
export function imageCount(input: Record<string, unknown>, fields?: Field[]): number {
  const counts = fields?.filter(({ isCount }) => isCount);
  const names = imageCountNames.filter((name) => !counts || counts.some((field) => field.name === name));
  const byDefault = counts?.find((field) => field.name === names[0])?.default;
  const count = names.map((name) => input[name]).find((value) => typeof value === "number") ?? byDefault;
  return typeof count === "number" ? Math.max(1, Math.floor(count)) : 1;
}

/**
 * Whether the input of a prediction sets only a maximum for the number of images. If the model then makes fewer images, that is
 * not a failure.
 */
export function mayMakeFewer(input: Record<string, unknown>): boolean {
  return "max_images" in input && !exactCountNames.some((name) => name in input);
}
