import { expect, test } from "vitest";
import { ADDRESSES } from "@/lib/models/inputs/lora-addresses";
import { getFields } from "@/lib/models/inputs/fields";
import { documentWith } from "./documents";
import { problems } from "./problems";

const isChecked = (name: string, more: object = {}) =>
  getFields(documentWith({ [name]: { type: "string", ...more } }))[0]?.pattern !== undefined;

test.each([
  "lora",
  "lora_weights",
  "extra_lora",
  "hf_lora",
  "lora_url",
  "lora_model",
  "lora_weights_transformer_2",
  "replicate_weights",
])("%s is an address", (name) => {
  expect(isChecked(name)).toBe(true);
});

test.each<[string, object]>([
  ["lora_name", {}],
  ["lora_trigger_word", {}],
  ["lora_scale", { type: "number" }],
  ["loras", { description: "A JSON list of LoRAs" }],
  ["lora", { enum: ["a", "b"] }],
  ["lora", { default: "None" }],
  ["explore", {}],
  ["weights", {}],
])("%s is any text: %j", (name, more) => {
  expect(isChecked(name, more)).toBe(false);
});

const document = documentWith({
  lora: { type: "string" },
  loras: { type: "array", items: { type: "string" } },
});
const found = (lora: unknown) => problems(document, { lora });

test.each([
  "https://huggingface.co/alvdansen/frosting_lane_flux",
  "huggingface.co/alvdansen/frosting_lane_flux",
  "https://replicate.com/fofr/flux-pixar-cars",
  "fofr/flux-pixar-cars",
  "fofr/flux-pixar-cars/5b1c1b0e",
  "fofr/flux-pixar-cars:5b1c1b0e",
  "https://civitai.com/api/download/models/736706?type=Model&format=SafeTensor",
  "civitai:104515@111805",
  "https://example.com/a.safetensors, fofr/other",
  " fofr/flux-pixar-cars ",
  "",
])("%j can be an address", (address) => {
  expect(found(address)).toEqual([]);
});

test.each(["my lora", "fofr", "https://", "https:// example.com/a", "fofr/a,", "javascript:alert(1)", "a/b c/d"])(
  "%j cannot",
  (text) => {
    expect(found(text)).toMatchObject([
      { field: "input.lora", description: expect.stringContaining("lora must be an address, such as https://hugg") },
    ]);
  },
);

test("each address of a list is checked", () => {
  expect(problems(document, { loras: ["a/b", "no address"] })).toMatchObject([{ field: "input.loras.1" }]);
});

test("the form checks the same, and a long text is checked quickly", () => {
  // Browsers compile the attribute `pattern` of a field with the flag `v`.
  const inForm = new RegExp(`^(?:${ADDRESSES})$`, "v");
  expect(["fofr/a", "https://a.b/c", "my lora"].map((text) => inForm.test(text))).toEqual([true, true, false]);
  // If the pattern could match a text in several ways, these two calls would take longer than the time limit of a test.
  expect(inForm.test(`${"https://a.b/c,".repeat(700)} !`)).toBe(false);
  expect(inForm.test(`${" ".repeat(9000)}!`)).toBe(false);
});
