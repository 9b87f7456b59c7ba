import { beforeEach, describe, expect, test } from "vitest";
import { pricedModels } from "@/lib/models/prices/price-list";
import { costOfRun } from "@/lib/models/prices/cost-of-run";
import { ModelPrice } from "@/lib/models/prices/schema";
import { stubSettings } from "../../stub-settings";
import { findModel } from "../published-models";

beforeEach(() => stubSettings({ UNKNOWN_RUN_USD: "0.25" }));

/** Returns the usual and the highest cost of a run (US dollars). */
function costs(model: string, input: object) {
  const { price, max_usd } = costOfRun(findModel(model), { ...input });
  return [price.usual, max_usd];
}

test("a price by time must say what a second costs", () => {
  const entry = { per: "second", date: "2026-01-01", source: "a test" };
  expect(ModelPrice.safeParse({ ...entry, usual_seconds: 4 }).success).toBe(false);
  expect(ModelPrice.safeParse({ ...entry, usual_seconds: 4, usual_usd: 0.02 }).success).toBe(true);
});

test.each(pricedModels)("%s has a usual and a greatest cost with its default input", (model) => {
  const [usual, max] = costs(model, { prompt: "a fox in the snow" });
  expect(usual).toBeGreaterThan(0);
  expect(max).toBeGreaterThanOrEqual(usual ?? Infinity);
  // A price in a wrong unit would be about a thousand times too high.
  expect(max).toBeLessThan(5);
});

test.each<[string, object, number, number]>([
  ["black-forest-labs/flux-schnell", {}, 0.003, 0.003],
  ["black-forest-labs/flux-schnell", { num_outputs: 4 }, 0.012, 0.012],
  ["bytedance/seedream-4", { max_images: 15 }, 0.45, 0.45],
  ["google/nano-banana-2", { resolution: "4K" }, 0.151, 0.151],
  ["openai/gpt-image-2", { quality: "low", number_of_images: 10 }, 0.12, 0.12],
  // A part of a megapixel costs as much as a whole one.
  ["prunaai/z-image-turbo", { width: 1536, height: 1024 }, 0.005, 0.005],
  ["black-forest-labs/flux-2-pro", { resolution: "4 MP" }, 0.075, 0.075],
  ["black-forest-labs/flux-2-pro", { aspect_ratio: "custom", width: 2048, height: 2048 }, 0.075, 0.075],
  ["black-forest-labs/flux-2-pro", { aspect_ratio: "custom", width: 2048 }, 0.075, 0.075],
  ["black-forest-labs/flux-2-pro", { resolution: "match_input_image", input_images: ["a", "b"] }, 0.06, 0.195],
  ["topazlabs/image-upscale", { upscale_factor: "6x" }, 0.16, 1.36],
  ["google/veo-3.1", { duration: 4 }, 1.6, 1.6],
  ["google/veo-3.1", { duration: 4, generate_audio: false }, 0.8, 0.8],
  ["bytedance/seedance-2.0", { resolution: "480p" }, 0.4, 0.4],
  ["bytedance/seedance-2.0", { resolution: "480p", reference_videos: ["a"] }, 0.5, 0.5],
  ["bytedance/seedance-2.0", { resolution: "480p", reference_videos: [] }, 0.4, 0.4],
  // With the duration -1, the model decides the length, which is at most 15 s.
  ["bytedance/seedance-2.0", { duration: -1 }, 0.9, 2.7],
  ["openai/sora-2", { seconds: 12 }, 1.2, 1.2],
  ["wan-video/wan-2.2-i2v-fast", { resolution: "720p" }, 0.11, 0.11],
  ["wan-video/wan-2.2-i2v-fast", { resolution: "720p", interpolate_output: true }, 0.145, 0.145],
  ["minimax/hailuo-02", { resolution: "768p", duration: 10 }, 0.45, 0.45],
  // A combination that is not in the price list gets the price of the most expensive combination in the list.
  ["minimax/hailuo-02", { resolution: "1080p", duration: 10 }, 0.48, 0.48],
  ["minimax/hailuo-2.3", {}, 0.28, 0.56],
  ["minimax/speech-02-hd", { text: "x".repeat(500) }, 0.05, 0.05],
  // The length of a text is counted in characters, not in UTF-16 units.
  ["minimax/speech-02-hd", { text: "🦊".repeat(500) }, 0.05, 0.05],
  ["minimax/music-1.5", { lyrics: "la", prompt: "a song" }, 0.03, 0.03],
  ["stability-ai/stable-audio-2.5", { prompt: "rain" }, 0.2, 0.2],
  // These runs have a price by time. The highest cost is the price of three times the usual time, or of 10 s if that is more.
  ["lucataco/remove-bg", { image: "a" }, 0.00033, 0.00225],
  ["stability-ai/sdxl", {}, 0.0063, 0.0189],
  ["stability-ai/sdxl", { num_outputs: 4 }, 0.0252, 0.0756],
  ["stability-ai/sdxl", { num_inference_steps: 500 }, 0.063, 0.189],
  ["stability-ai/sdxl", { width: 2048, height: 2048, num_outputs: 4 }, 0.1008, 0.3024],
  ["tencentarc/gfpgan", { img: "a", scale: 4 }, 0.014, 0.042],
  // The length of a recording is unknown. Replicate cancels a run after half an hour, so this time gives the highest cost.
  ["openai/whisper", { audio: "a" }, 0.0048, 0.405],
])("%s with %j usually costs $%d, at most $%d", (model, input, usual, max) => {
  expect(costs(model, { prompt: "a fox", ...input })).toEqual([expect.closeTo(usual, 5), expect.closeTo(max, 5)]);
});

describe("tokens", () => {
  const model = "anthropic/claude-4.5-sonnet";

  test("the most is the longest answer that may be given, and every byte of the request", () => {
    const [, max] = costs(model, { prompt: "x".repeat(10_000), max_tokens: 2000 });
    expect(max).toBeGreaterThan(2000 * 15e-6 + 10_000 * 3e-6);
    expect(max).toBeLessThan(2000 * 15e-6 + 11_000 * 3e-6);
    const [, withImage] = costs(model, { prompt: "x".repeat(10_000), max_tokens: 2000, image: "a" });
    expect(withImage).toBeGreaterThan(max ?? Infinity);
  });

  test("characters of several bytes count as such", () => {
    const [, latin] = costs(model, { prompt: "x".repeat(10_000) });
    const [, emoji] = costs(model, { prompt: "🦊".repeat(10_000) });
    expect((emoji ?? 0) - (latin ?? 0)).toBeCloseTo(30_000 * 3e-6, 4);
  });

  test.each([{}, { max_completion_tokens: 0 }, { max_completion_tokens: -1e9 }])(
    "an answer without a limit may be very long: %j",
    (limit) => {
      expect(costs("openai/gpt-5-mini", { prompt: "hello", ...limit })[1]).toBeGreaterThan(128_000 * 2e-6);
    },
  );
});

describe("how the cost follows from what came", () => {
  test.each<[string, object, object]>([
    ["black-forest-labs/flux-schnell", { num_outputs: 4 }, { basis: "price", file: 0.003 }],
    ["google/veo-3.1", { duration: 4 }, { basis: "price", run: expect.closeTo(1.6, 9) }],
    ["anthropic/claude-4.5-sonnet", {}, { basis: "price", input_token: 3e-6, output_token: 15e-6 }],
    ["lucataco/remove-bg", {}, { basis: "time", second: 0.000225 }],
    ["philz1337x/clarity-upscaler", {}, { basis: "time", second: 0.00115 }],
    ["stability-ai/sdxl", {}, { basis: "estimate", second: expect.closeTo(0.0063 / 4.98, 9) }],
    // The price depends on the size or the length of the result, which is not known before the run.
    ["topazlabs/image-upscale", { upscale_factor: "2x" }, { basis: "price" }],
    ["bytedance/seedance-2.0", { duration: -1 }, { basis: "price" }],
  ])("%s with %j", (model, input, expected) => {
    const { usual: _usual, ...price } = costOfRun(findModel(model), { prompt: "a fox", ...input }).price;
    expect(price).toEqual(expected);
  });
});

test("without a document, an input that is not given counts as the dearest", () => {
  const undocumented = { model: "openai/gpt-image-2", version: null, schema: null };
  expect(costOfRun(undocumented, { prompt: "a fox" }).max_usd).toBe(0.128);
  expect(costOfRun({ ...undocumented, model: "google/veo-3.1" }, { prompt: "a fox" }).max_usd).toBeCloseTo(24, 5);
});

test("the name of a model may have capitals", () => {
  const model = { ...findModel("google/nano-banana"), model: "Google/Nano-Banana" };
  expect(costOfRun(model, {}).max_usd).toBe(0.039);
});

test("a run of unknown price counts the set amount, and by time if the model is not an official one", () => {
  expect(costOfRun(findModel("openai/gpt-5.2"), {})).toEqual({
    max_usd: 0.25,
    price: { basis: "unknown", usual: null },
  });
  expect(costOfRun(findModel("fofr/consistent-character"), {})).toEqual({
    max_usd: 0.25,
    price: { basis: "unknown", usual: null, second: 0.001525 },
  });
});
