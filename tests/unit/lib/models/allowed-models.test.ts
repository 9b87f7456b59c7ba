import { beforeEach, expect, test, vi } from "vitest";
import { costLimitOf, isOffered, listEnabledModels, listToolModels, requireAllowed } from "@/lib/models/allowed-models";
import { featuredModels } from "@/lib/models/catalog";

const setting = vi.hoisted(() => ({ ALLOWED_MODELS: [] as string[], REPLICATE_MODEL_VERSION: "" }));
vi.mock("@/lib/env", () => ({ env: () => setting }));

beforeEach(() => Object.assign(setting, { ALLOWED_MODELS: [], REPLICATE_MODEL_VERSION: `me/mine:${"7".repeat(64)}` }));

const cheap = featuredModels.filter(({ isExpensive }) => !isExpensive);
const names = (models: { id: string }[]) => models.map(({ id }) => id);

test("without a list, the featured models and the default model run", () => {
  for (const { id } of featuredModels) requireAllowed(id);
  requireAllowed("me/mine");
  expect(() => requireAllowed("somebody/video")).toThrow(
    expect.objectContaining({
      code: "model_not_allowed",
      status: 422,
      invalidFields: [{ field: "model", description: expect.stringContaining("somebody/video"), type: "not_allowed" }],
    }),
  );
});

test.each([[[]], [["featured"]]])("with %j, the featured models that are cheap are offered", (list) => {
  setting.ALLOWED_MODELS = list;
  expect(listEnabledModels()).toEqual(cheap);
  expect([costLimitOf("stability-ai/sdxl"), costLimitOf("google/veo-3.1-fast")]).toEqual([0.1, 0.1]);
  expect([isOffered("google/veo-3.1-fast"), isOffered("me/mine"), isOffered("a/b")]).toEqual([false, true, false]);
});

test("with a list, its models and the default model run, in any case", () => {
  setting.ALLOWED_MODELS = ["Somebody/Video", "cjwbw/rembg"];
  for (const model of ["somebody/video", "cjwbw/Rembg", "me/mine"]) requireAllowed(model);
  for (const model of ["stability-ai/sdxl", "somebody/video2"]) expect(() => requireAllowed(model)).toThrow();
  expect(names(listEnabledModels())).toEqual(["cjwbw/rembg"]);
});

test("a list may add models to the featured ones, and has no limit for those that it names", () => {
  setting.ALLOWED_MODELS = ["featured", "google/veo-3.1-fast", "somebody/video"];
  for (const model of ["somebody/video", "stability-ai/sdxl", "me/mine"]) requireAllowed(model);
  expect(() => requireAllowed("somebody/else")).toThrow("is not allowed here");
  expect(names(listEnabledModels()).toSorted()).toEqual([...names(cheap), "google/veo-3.1-fast"].toSorted());
  expect(["google/veo-3.1-fast", "somebody/video", "stability-ai/sdxl"].map(costLimitOf)).toEqual([null, null, 0.1]);
});

test("the default model always runs; it has a limit if it is one of the cheap featured ones", () => {
  setting.ALLOWED_MODELS = ["cjwbw/rembg"];
  expect(costLimitOf("me/mine")).toBeNull();
  setting.REPLICATE_MODEL_VERSION = "stability-ai/sdxl";
  requireAllowed("stability-ai/sdxl");
  expect(costLimitOf("stability-ai/sdxl")).toBe(0.1);
  setting.REPLICATE_MODEL_VERSION = "google/veo-3.1-fast";
  expect(costLimitOf("google/veo-3.1-fast")).toBeNull();
  expect(names(listEnabledModels())).toEqual(["cjwbw/rembg", "google/veo-3.1-fast"]);
});

test("a star lets any model run, at any cost", () => {
  setting.ALLOWED_MODELS = ["*"];
  requireAllowed("somebody/video");
  expect(listEnabledModels()).toEqual(featuredModels);
  expect([costLimitOf("somebody/video"), costLimitOf("stability-ai/sdxl")]).toEqual([null, null]);
});

test("each tool is offered with its enabled model, and not without one", () => {
  expect(listToolModels()).toEqual({
    upscale: "nightmareai/real-esrgan",
    "remove-background": "cjwbw/rembg",
    restore: "tencentarc/gfpgan",
  });
  setting.ALLOWED_MODELS = ["cjwbw/rembg"];
  expect(listToolModels()).toEqual({ "remove-background": "cjwbw/rembg" });
});
