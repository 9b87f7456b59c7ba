import { beforeEach, describe, expect, test } from "vitest";
import { MAX_FEATURED_RUN_USD } from "@/lib/limits/default-limits";
import { featuredModels, findFeatured, modelTitle, modelTitles } from "@/lib/models/catalog";
import { mediaKinds } from "@/lib/models/model-filter";
import { costOfRun } from "@/lib/models/prices/cost-of-run";
import { pricedModels } from "@/lib/models/prices/price-list";
import { tasks } from "@/lib/models/tasks";
import { stubSettings } from "../stub-settings";
import { findModel, smallestInput } from "./published-models";

beforeEach(() => stubSettings());

test("each featured model has a name, a title and a sentence of its own, and a price", () => {
  for (const values of [
    featuredModels.map(({ id }) => id),
    featuredModels.map(({ title }) => title.toLowerCase()),
    featuredModels.map(({ description }) => description),
  ]) {
    expect(new Set(values).size).toBe(featuredModels.length);
  }
  for (const { id, description } of featuredModels) {
    expect(description).toMatch(/^[A-Z].{20,90}\.$/);
    expect(pricedModels).toContain(id);
  }
});

test("each task has a model that runs without a setting, and the cheap models come first", () => {
  const cheap = featuredModels.filter(({ isExpensive }) => !isExpensive);
  expect(new Set(cheap.map(({ task }) => task))).toEqual(new Set(Object.keys(tasks)));
  for (const task of Object.keys(tasks)) {
    const ofTask = featuredModels.filter((entry) => entry.task === task);
    expect(ofTask).toEqual(ofTask.toSorted((a, b) => Number(a.isExpensive) - Number(b.isExpensive)));
  }
});

describe.each(featuredModels)("$id", ({ id, version, task, takes, isExpensive }) => {
  const model = findModel(id, version);

  test("takes and makes what the catalog says", () => {
    expect(mediaKinds(model.schema)).toEqual({ takes, makes: tasks[task].makes });
  });

  test("has a fixed version only if Replicate does not fix it", () => {
    expect(version).toBe(model.version);
  });

  test("is marked as expensive exactly if its default settings cost more than the limit", () => {
    expect(costOfRun(model, smallestInput(model.schema)).max_usd > MAX_FEATURED_RUN_USD).toBe(isExpensive);
  });
});

test("a featured model is found in any case, and no other model is", () => {
  expect(findFeatured("Stability-AI/SDXL")?.title).toBe("Stable Diffusion XL");
  expect(findFeatured("somebody/sdxl")).toBeUndefined();
});

test.each([
  ["stability-ai/sdxl", "Stable Diffusion XL"],
  ["stability-ai/sdxl:7762fd07", "Stable Diffusion XL"],
  ["somebody/sdxl", "sdxl"],
  ["somebody/ideogram-v3:abc", "ideogram-v3"],
  ["constructor/prototype", "prototype"],
])("the title of %s is %s", (model, title) => {
  expect(modelTitle(model)).toBe(title);
});

test("in a list, equal titles get their owners", () => {
  expect(modelTitles(["a/fox", "stability-ai/sdxl", "b/Fox", "somebody/rembg", "cjwbw/rembg"])).toEqual([
    { model: "a/fox", title: "fox (a)" },
    { model: "stability-ai/sdxl", title: "Stable Diffusion XL" },
    { model: "b/Fox", title: "Fox (b)" },
    { model: "somebody/rembg", title: "rembg (somebody)" },
    { model: "cjwbw/rembg", title: "Rembg (cjwbw)" },
  ]);
});
