import { beforeEach, expect, test, vi } from "vitest";
import { loadDraft, saveDraft } from "@/components/jobs/draft-storage";
import { flux, sdxl } from "../generate/fixtures";

const SDXL = "stability-ai/sdxl";
const ada = { owner: "ada", model: SDXL, version: "v1", fields: sdxl };

beforeEach(() => localStorage.clear());

test("a draft comes back with its settings", () => {
  saveDraft("ada", SDXL, "v1", { prompt: "a red fox", seed: 7 });
  expect(loadDraft(ada)).toEqual({ values: { prompt: "a red fox", seed: 7 }, omitted: [] });
});

test("the words follow to another model, its settings do not", () => {
  saveDraft("ada", SDXL, "v1", { prompt: "a red fox", negative_prompt: "blur", num_inference_steps: 50 });
  expect(loadDraft({ ...ada, model: "black-forest-labs/flux-schnell", version: null, fields: flux })).toEqual({
    values: { prompt: "a red fox", negative_prompt: "blur" },
    omitted: [],
  });
});

test("to another version the settings follow that it takes, and the others are named", () => {
  const settings = { scheduler: "PNDM", num_inference_steps: 900, seed: 7, image: "/api/media/1", refine: "none" };
  saveDraft("ada", SDXL, "v1", { prompt: "a red fox", ...settings });
  expect(loadDraft({ ...ada, model: `${SDXL}:v2`, version: "v2" })).toEqual({
    values: { prompt: "a red fox", seed: 7, image: "/api/media/1" },
    omitted: ["scheduler", "num_inference_steps", "refine"],
  });
});

test("another person on the same machine sees nothing of it", () => {
  saveDraft("ada", SDXL, "v1", { prompt: "a red fox" });
  expect(loadDraft({ ...ada, owner: "grace" })).toBeNull();
});

test("broken or missing storage is no draft, and no error", () => {
  localStorage.setItem("draft:ada", "{");
  expect(loadDraft(ada)).toBeNull();
  const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  saveDraft("ada", SDXL, "v1", { prompt: "a red fox" });
  expect(full).toHaveBeenCalled();
  full.mockRestore();
});
