import type { Field } from "./fields";

/** The names of inputs for the exact number of images. Models have different names for it. */
export const exactCountNames = ["num_outputs", "number_of_images", "num_images", "n", "num_samples", "batch_size"];

/** The names of all inputs for the number of images. `max_images` is an upper limit: the model may return fewer. */
export const imageCountNames = [...exactCountNames, "max_images"];

/**
 * Returns the number of images that an input requests, at least 1. With `fields`, reads only the inputs that are marked with
 * `isCount`. If the request contains none of them, the model's default is used.
 */
export function imageCount(input: Record<string, unknown>, fields?: Field[]): number {
  const counts = fields?.filter(({ isCount }) => isCount);
  const names = imageCountNames.filter((name) => !counts || counts.some((field) => field.name === name));
  const byDefault = counts?.find((field) => field.name === names[0])?.default;
  const count = names.map((name) => input[name]).find((value) => typeof value === "number") ?? byDefault;
  return typeof count === "number" ? Math.max(1, Math.floor(count)) : 1;
}

/**
 * Whether an input gives only a maximum for the number of images. If the model then makes fewer images, that is not a failure.
 */
export function mayMakeFewer(input: Record<string, unknown>): boolean {
  return "max_images" in input && !exactCountNames.some((name) => name in input);
}
