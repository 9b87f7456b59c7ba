import { beforeEach, expect, test, vi } from "vitest";
import { filterCompatibleValues } from "@/components/jobs/drafts/compatible-values";
import { loadDraft, saveDraft } from "@/components/jobs/drafts/draft-storage";
import type { Field } from "@/lib/models/inputs/fields";
import { sdxl } from "../generate/fixtures";

const SDXL = "stability-ai/sdxl";
const ada = { owner: "ada", model: SDXL, version: "v1" };

beforeEach(() => localStorage.clear());

test("a draft comes back with its settings", () => {
  saveDraft("ada", SDXL, "v1", { prompt: "a red fox", seed: 7 });
  expect(loadDraft(ada)).toEqual({ prompts: { prompt: "a red fox" }, settings: { seed: 7 }, isOtherVersion: false });
});

test("the words follow to another model, its settings do not", () => {
  saveDraft("ada", SDXL, "v1", { prompt: "a red fox", negative_prompt: "blur", num_inference_steps: 50 });
  expect(loadDraft({ ...ada, model: "black-forest-labs/flux-schnell", version: null })).toEqual({
    prompts: { prompt: "a red fox", negative_prompt: "blur" },
    settings: {},
    isOtherVersion: false,
  });
});

test("to another version the settings follow that it takes, and the others are named", () => {
  const settings = { scheduler: "PNDM", num_inference_steps: 900, seed: 7, image: "/api/media/1", refine: "none" };
  saveDraft("ada", SDXL, "v1", { prompt: "a red fox", ...settings });
  const draft = loadDraft({ ...ada, model: `${SDXL}:v2`, version: "v2" });
  expect(draft).toMatchObject({ settings, isOtherVersion: true });
  expect(filterCompatibleValues(settings, sdxl)).toEqual({
    values: { seed: 7, image: "/api/media/1" },
    omitted: ["scheduler", "num_inference_steps", "refine"],
  });
});

test("lists are compatible if their entries are, and secrets never", () => {
  const field = (name: string, more: Partial<Field>): Field => ({
    name,
    label: name,
    kind: "texts",
    required: false,
    order: 0,
    ...more,
  });
  const fields = [
    field("tags", {}),
    field("sizes", { kind: "numbers" }),
    field("parts", { kind: "choices", options: ["a", "b"] }),
    field("key", { kind: "secret" }),
  ];
  const good = { tags: ["x"], sizes: [1], parts: ["b"] };
  expect(filterCompatibleValues({ ...good, key: "[REDACTED]" }, fields)).toEqual({ values: good, omitted: ["key"] });
  const bad = { tags: [1], sizes: ["1"], parts: ["c"] };
  expect(filterCompatibleValues(bad, fields)).toEqual({ values: {}, omitted: ["tags", "sizes", "parts"] });
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
