import { expect, test } from "vitest";
import { placeFields } from "@/components/generate/composer/place-fields";
import { flux, sdxl } from "../fixtures";

test("common settings have fixed places, the others follow in the model's order", () => {
  const { prompt, negative, count, seed, steps, guidance, more } = placeFields(sdxl.toReversed());
  expect([prompt, negative, count, seed, steps, guidance].map((field) => field?.name)).toEqual([
    "prompt",
    "negative_prompt",
    "num_outputs",
    "seed",
    "num_inference_steps",
    "guidance_scale",
  ]);
  expect(more.map(({ name }) => name)).toEqual(["image", "width", "height", "scheduler", "apply_watermark"]);
});

test("a setting that the model lacks has no place, and its aspect ratios are not listed twice", () => {
  const { negative, seed, more } = placeFields(flux);
  expect([negative, seed]).toEqual([null, null]);
  expect(more.map(({ name }) => name)).toEqual(["megapixels"]);
});
