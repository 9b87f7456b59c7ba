import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { featuredModels } from "@/lib/models/catalog";
import { getFields } from "@/lib/models/inputs/fields";
import { costOfRun, requireWithinLimit } from "@/lib/models/prices/cost-of-run";
import { findModel, smallestInput } from "../published-models";

const setting = vi.hoisted(() => ({
  ALLOWED_MODELS: [] as string[],
  REPLICATE_MODEL_VERSION: "",
  UNKNOWN_RUN_USD: 0.1,
}));
vi.mock("@/lib/env", () => ({ env: () => setting }));

beforeEach(() => Object.assign(setting, { ALLOWED_MODELS: [], REPLICATE_MODEL_VERSION: "stability-ai/sdxl" }));

function request(id: string, input: object, changes: object = {}) {
  const model = { ...findModel(id), ...changes };
  const all = { ...smallestInput(findModel(id).schema), ...input };
  return () => requireWithinLimit(model, costOfRun(model, all));
}

test.each<[string, object]>([
  ["stability-ai/sdxl", {}],
  ["stability-ai/sdxl", { num_outputs: 4 }],
  ["black-forest-labs/flux-schnell", { num_outputs: 4 }],
  ["bytedance/seedream-4", { max_images: 3 }],
  ["minimax/speech-02-turbo", { text: "x".repeat(1666) }],
  ["wan-video/wan-2.2-t2v-fast", { resolution: "720p" }],
  // An expensive model may run with cheap settings.
  ["openai/gpt-image-2", { quality: "low" }],
  ["anthropic/claude-4.5-sonnet", { max_tokens: 4096 }],
])("%s may run with %j", (id, input) => {
  expect(request(id, input)).not.toThrow();
});

test.each<[string, object, string]>([
  ["stability-ai/sdxl", { num_outputs: 4, num_inference_steps: 100 }, "$0.16"],
  ["stability-ai/sdxl", { width: 2048, height: 2048, num_outputs: 4 }, "$0.31"],
  ["bytedance/seedream-4", { max_images: 4 }, "$0.12"],
  ["bytedance/seedream-4", { max_images: 15 }, "$0.45"],
  ["minimax/speech-02-turbo", { text: "x".repeat(1667) }, "$0.11"],
  ["wan-video/wan-2.2-i2v-fast", { resolution: "720p" }, "$0.11"],
  ["google/veo-3.1-fast", {}, "$1.20"],
  ["google/nano-banana-pro", { resolution: "4K" }, "$0.30"],
  ["meta/meta-llama-3-8b-instruct", { max_tokens: 10_000_000 }, "$2.51"],
  ["vaibhavs10/incredibly-fast-whisper", {}, "$1.76"],
])("%s with %j is refused: it may cost up to %s", (id, input, most) => {
  expect(request(id, input)).toThrow(
    expect.objectContaining({
      code: "run_too_expensive",
      status: 422,
      message: expect.stringMatching(
        new RegExp(
          `^This run may cost up to \\${most}, but .* at most \\$0.10 .*${id} with the setting ALLOWED_MODELS.$`,
        ),
      ),
    }),
  );
});

describe("without a known price, or without a document", () => {
  test("a run counts as half an hour on the most expensive hardware", () => {
    expect(request("fofr/consistent-character", {})).toThrow("up to $2.75");
    expect(request("black-forest-labs/flux-schnell", {}, { schema: null })).toThrow("up to $2.75");
  });
});

describe("a setting that names the model lifts the limit", () => {
  const veo = request("google/veo-3.1-fast", {});

  test.each<[Partial<typeof setting>, boolean]>([
    [{ ALLOWED_MODELS: ["*"] }, true],
    [{ ALLOWED_MODELS: ["featured", "Google/Veo-3.1-fast"] }, true],
    [{ ALLOWED_MODELS: ["google/veo-3.1-fast"] }, true],
    [{ REPLICATE_MODEL_VERSION: "google/veo-3.1-fast" }, true],
    [{ ALLOWED_MODELS: ["featured"] }, false],
    [{ ALLOWED_MODELS: ["google/veo-3.1"] }, false],
  ])("%j: %s", (settings, isLifted) => {
    Object.assign(setting, settings);
    expect(veo).toSatisfy((run: () => void) => isLifted !== throws(run));
  });

  test("the default model has a limit if it is one of the cheap featured ones, and none otherwise", () => {
    const steps = request("stability-ai/sdxl", { num_inference_steps: 500 });
    expect(steps).toThrow("up to $0.19");
    setting.REPLICATE_MODEL_VERSION = "fofr/consistent-character";
    expect(request("fofr/consistent-character", {})).not.toThrow();
  });
});

function throws(run: () => void): boolean {
  try {
    run();
    return false;
  } catch {
    return true;
  }
}

/** Inputs that make a run longer, or its result larger. */
const MORE =
  /^(width|height|num_outputs|max_images|number_of_images|num_frames|duration|steps|num_inference_steps|scale|upscale|max_tokens|max_completion_tokens)$/;

describe.each(featuredModels.map(({ id }) => id))("%s", (id) => {
  const model = findModel(id);
  const fields = getFields(model.schema);
  const most = (input: object) => costOfRun(model, { ...smallestInput(model.schema), ...input }).max_usd;

  test("never costs less when more is asked for", () => {
    const names = fields.filter(({ name, kind }) => MORE.test(name) && kind !== "select").map(({ name }) => name);
    const amounts = fc.record(Object.fromEntries(names.map((name) => [name, fc.integer({ min: 1, max: 100_000 })])));
    const raised = fc.tuple(amounts, fc.constantFrom(...names, ""), fc.integer({ min: 0, max: 100_000 }));
    fc.assert(
      fc.property(raised, ([input, name, more]) => {
        const before: Record<string, number> = { ...input };
        expect(most({ ...before, [name]: (before[name] ?? 0) + more })).toBeGreaterThanOrEqual(most(before));
      }),
    );
  });

  test("has a finite cost, whatever an input contains", () => {
    const anything = fc.dictionary(fc.constantFrom(...fields.map(({ name }) => name), "other"), fc.jsonValue());
    fc.assert(
      fc.property(anything, (input) => {
        const { price, max_usd } = costOfRun(model, input);
        expect(max_usd).toBeGreaterThanOrEqual(0);
        expect(max_usd).toBeLessThanOrEqual(1_000_000);
        expect(price.usual).toBeGreaterThanOrEqual(0);
        expect(max_usd).toBeGreaterThanOrEqual(price.usual ?? Infinity);
      }),
    );
  });
});
