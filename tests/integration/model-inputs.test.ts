import { expect, inject, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { createApi } from "../support/api";
import { createUser } from "../support/users";

const stack = inject("stack");
const api = createApi(stack, await createUser(stack));
const quick = { num_inference_steps: 1, width: 64, height: 64 };
const SDXL = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc";

/** Submits a request, and returns the status and the invalid fields of the response. */
async function refusalOf(body: object) {
  const response = await api.submit(body);
  const { invalid_fields: fields = [] } = (await response.json()) as {
    invalid_fields?: { field: string; description: string }[];
  };
  return { status: response.status, fields };
}

test("null for an optional input means that it is not given", async () => {
  const { id, input } = await api.create({ prompt: "without a seed", seed: null, ...quick });
  expect(input).toEqual({ prompt: "without a seed", ...quick });
  await api.saved(id);
});

test("the version of the default model can be given alone, beside its model, or as Replicate's own API takes it", async () => {
  for (const more of [{ version: SDXL }, { model: SDXL }, { model: "stability-ai/sdxl", version: SDXL }]) {
    const { id, model, version } = await api.create({ prompt: "a version", ...quick }, more);
    expect([model, version]).toEqual(["stability-ai/sdxl", SDXL]);
    await api.saved(id);
  }
});

test("a version whose model is not known is refused, and so is a contradiction", async () => {
  const input = { prompt: "x" };
  expect(await refusalOf({ version: "a".repeat(64), input })).toEqual({
    status: 422,
    fields: [
      {
        field: "model",
        description: "The version aaaaaaaa… was given without its model. Use the form owner/name:version.",
        type: "unknown",
      },
    ],
  });
  expect(await refusalOf({ model: "a/b", version: `c/d:${SDXL}`, input })).toMatchObject({
    status: 422,
    fields: [{ field: "version" }],
  });
});

test.each([
  ["a list as text", "luma/ray-flash-2-720p", { concepts: "pan_left" }, "input.concepts"],
  ["a wrong entry of a list", "luma/ray-flash-2-720p", { concepts: ["pan_left", 7] }, "input.concepts.1"],
  ["a LoRA that is no address", "qwen/qwen-image", { lora_weights: "my lora" }, "input.lora_weights"],
  ["no prompt and no image", "stability-ai/sdxl", { prompt: " " }, "input.prompt"],
])("%s is refused with the name of the field", async (_, model, input, field) => {
  expect(await refusalOf({ model, input: { prompt: "x", ...input } })).toMatchObject({
    status: 422,
    fields: [{ field }],
  });
});

test("a model that has one input and nothing else is not run without it", async () => {
  expect(await refusalOf({ model: "cjwbw/rembg", input: {} })).toMatchObject({
    status: 422,
    fields: [{ field: "input", description: "image is required" }],
  });
});

test("an optional prompt can be empty beside other words", async () => {
  const messages = [{ role: "user", content: "Say hello" }];
  const response = await api.submit({ model: "openai/gpt-5-mini", input: { messages } });
  expect(response.status).toBe(201);
  const { id } = (await response.json()) as Prediction;
  expect((await api.saved(id)).output).toBeTruthy();
});
