import { beforeEach, expect, test, vi } from "vitest";
import { loadDraft, saveDraft } from "@/components/generate/draft";

beforeEach(() => localStorage.clear());

test("a draft comes back with its settings", () => {
  saveDraft("ada", "stability-ai/sdxl", { prompt: "a red fox", seed: 7 });
  expect(loadDraft("ada", "stability-ai/sdxl")).toEqual({ prompt: "a red fox", seed: 7 });
});

test("the words follow to another model, its settings do not", () => {
  saveDraft("ada", "stability-ai/sdxl", { prompt: "a red fox", negative_prompt: "blur", num_inference_steps: 50 });
  expect(loadDraft("ada", "black-forest-labs/flux-schnell")).toEqual({ prompt: "a red fox", negative_prompt: "blur" });
});

test("another person on the same machine sees nothing of it", () => {
  saveDraft("ada", "stability-ai/sdxl", { prompt: "a red fox" });
  expect(loadDraft("grace", "stability-ai/sdxl")).toBeNull();
});

test("broken or missing storage is no draft, and no error", () => {
  localStorage.setItem("draft:ada", "{");
  expect(loadDraft("ada", "stability-ai/sdxl")).toBeNull();
  const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  saveDraft("ada", "stability-ai/sdxl", { prompt: "a red fox" });
  expect(full).toHaveBeenCalled();
  full.mockRestore();
});
