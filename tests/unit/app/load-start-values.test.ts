import { beforeEach, expect, test, vi } from "vitest";
import { loadStartValues } from "@/app/dashboard/generate/load-start-values";
import type { getModelDetails } from "@/lib/models/details";
import { getFields } from "@/lib/models/inputs/fields";
import { findModel } from "../lib/models/published-models";

const ask = vi.hoisted(() => ({ getModelDetails: vi.fn<typeof getModelDetails>() }));
vi.mock("@/lib/models/details", () => ask);

const form = { ref: "stability-ai/sdxl", version: null, fields: getFields(findModel("stability-ai/sdxl").schema) };

function example(input: object | null) {
  const details = { example: input && { input, files: [], text: null } };
  ask.getModelDetails.mockResolvedValue(details as Awaited<ReturnType<typeof getModelDetails>>);
}

beforeEach(() => void ask.getModelDetails.mockReset());

test("the form starts with the settings of a saved image, without the seed", async () => {
  const settings = { prompt: "a fox", seed: 7, image: "/api/media/x" };
  expect(await loadStartValues("me", form, settings, true)).toEqual({ prompt: "a fox", image: "/api/media/x" });
  expect(ask.getModelDetails).not.toHaveBeenCalled();
});

test("an example brings only what the form accepts, and no files and no seed", async () => {
  example({
    prompt: "an astronaut",
    num_outputs: 2,
    num_inference_steps: 9_000,
    scheduler: "UNKNOWN",
    image: "https://replicate.delivery/a.png",
    mask: "/api/media/of-someone-else",
    other: true,
    seed: 7,
  });
  expect(await loadStartValues("me", form, null, true)).toEqual({ prompt: "an astronaut", num_outputs: 2 });
  expect(ask.getModelDetails).toHaveBeenCalledExactlyOnceWith("me", "stability-ai/sdxl", null);
});

test("an example brings no secret", async () => {
  example({ prompt: "a fox", openai_api_key: "[REDACTED]" });
  const fields = getFields(findModel("openai/gpt-image-2").schema);
  expect(await loadStartValues("me", { ...form, fields }, null, true)).toEqual({ prompt: "a fox" });
});

test("without an example, and if it cannot be loaded, the form starts with the draft", async () => {
  example(null);
  expect(await loadStartValues("me", form, null, true)).toBeNull();
  ask.getModelDetails.mockRejectedValue(new Error("unavailable"));
  expect(await loadStartValues("me", form, null, true)).toBeNull();
  expect(await loadStartValues("me", form, null, false)).toBeNull();
});
