import { beforeEach, expect, test, vi } from "vitest";
import { listEnabledModels, listToolModels, requireAllowed } from "@/lib/models/allowed-models";
import { featuredModels } from "@/lib/models/featured-models";

const setting = vi.hoisted(() => ({ ALLOWED_MODELS: [] as string[], REPLICATE_MODEL_VERSION: "" }));
vi.mock("@/lib/env", () => ({ env: () => setting }));

beforeEach(() => Object.assign(setting, { ALLOWED_MODELS: [], REPLICATE_MODEL_VERSION: `me/mine:${"7".repeat(64)}` }));

test("without a list, the featured models and the default model run", () => {
  for (const { id } of featuredModels) requireAllowed(id);
  requireAllowed("me/mine");
  expect(listEnabledModels()).toEqual(featuredModels);
  expect(() => requireAllowed("somebody/video")).toThrow(
    expect.objectContaining({
      code: "model_not_allowed",
      status: 422,
      invalidFields: [{ field: "model", description: expect.stringContaining("somebody/video"), type: "not_allowed" }],
    }),
  );
});

test("with a list, its models and the default model run, in any case", () => {
  setting.ALLOWED_MODELS = ["Somebody/Video", "cjwbw/rembg"];
  for (const model of ["somebody/video", "cjwbw/Rembg", "me/mine"]) requireAllowed(model);
  for (const model of ["stability-ai/sdxl", "somebody/video2"]) expect(() => requireAllowed(model)).toThrow();
  expect(listEnabledModels().map(({ id }) => id)).toEqual(["cjwbw/rembg"]);
});

test("a star lets any model run", () => {
  setting.ALLOWED_MODELS = ["*"];
  requireAllowed("somebody/video");
  expect(listEnabledModels()).toEqual(featuredModels);
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
