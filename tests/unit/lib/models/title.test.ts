import { expect, test } from "vitest";
import { featuredModels } from "@/lib/models/featured-models";
import { modelTitle, modelTitles } from "@/lib/models/title";

test.each([
  ["stability-ai/sdxl", "Stable Diffusion XL"],
  ["stability-ai/sdxl:7762fd07", "Stable Diffusion XL"],
  ["somebody/sdxl", "sdxl"],
  ["somebody/ideogram-v3:abc", "ideogram-v3"],
  ["constructor/prototype", "prototype"],
])("the title of %s is %s", (model, title) => {
  expect(modelTitle(model)).toBe(title);
});

test("every featured model has its own title", () => {
  for (const { id } of featuredModels) expect(modelTitle(id)).not.toBe(id.split("/")[1]);
});

test("in a list, equal titles get their owners", () => {
  expect(modelTitles(["a/fox", "stability-ai/sdxl", "b/fox"])).toEqual([
    { model: "a/fox", title: "fox (a)" },
    { model: "stability-ai/sdxl", title: "Stable Diffusion XL" },
    { model: "b/fox", title: "fox (b)" },
  ]);
});
