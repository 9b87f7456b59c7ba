import { expect, test } from "vitest";
import { aspectRatiosOf, findAspectRatio, initialAspectRatio } from "@/components/generate/fields/aspect-ratios";
import { withSizes } from "@/lib/models/inputs/size-choices";
import { flux, sdxl } from "../fixtures";

test("a model with width and height gets sizes of about a megapixel, landscape and portrait", () => {
  expect(aspectRatiosOf(sdxl).map(({ label, value }) => `${label} ${value}`)).toEqual([
    "1:1 1024x1024",
    "4:3 1152x896",
    "3:2 1216x832",
    "16:9 1344x768",
    "3:4 896x1152",
    "2:3 832x1216",
    "9:16 768x1344",
  ]);
});

test("a model trained on 512 px gets half of each side", () => {
  const small = withSizes(sdxl.map((field) => (field.name === "width" ? { ...field, default: 512 } : field)));
  expect(aspectRatiosOf(small)[3]?.settings).toEqual({ width: 672, height: 384 });
});

test("a model with its own list of aspect ratios gets exactly these", () => {
  expect(aspectRatiosOf(flux).map(({ settings }) => settings)).toEqual([
    { aspect_ratio: "16:9" },
    { aspect_ratio: "1:1" },
    { aspect_ratio: "9:21" },
  ]);
});

test("an aspect ratio without numbers keeps its name", () => {
  const options = ["match_input_image", "1:1"];
  const fields = flux.map((field) => (field.name === "aspect_ratio" ? { ...field, options } : field));
  expect(aspectRatiosOf(fields)).toMatchObject([
    { label: "match input image", value: "match_input_image", ratio: 1, settings: { aspect_ratio: options[0] } },
    { label: "1:1" },
  ]);
});

test("a model with neither has no aspect ratios", () => {
  expect(aspectRatiosOf([sdxl[0]!])).toEqual([]);
});

test("the form starts with the model's default, and settings select their aspect ratio", () => {
  expect(initialAspectRatio(aspectRatiosOf(flux), flux, {})?.value).toBe("1:1");
  expect(findAspectRatio(aspectRatiosOf(sdxl), { width: 768, height: 1344 })?.label).toBe("9:16");
  expect(findAspectRatio(aspectRatiosOf(sdxl), { width: 640, height: 640 })).toBeUndefined();
});
