import { describe, expect, test } from "vitest";
import { readForm, readSecrets } from "@/components/generate/fields/read-form";
import type { Field } from "@/lib/models/inputs/fields";
import { flux, sdxl } from "../fixtures";

function formOf(entries: Record<string, string>) {
  const data = new FormData();
  for (const [name, value] of Object.entries(entries)) data.set(name, value);
  return data;
}

test("numbers become numbers, and defaults are not sent", () => {
  const data = formOf({
    "input.prompt": "a red fox",
    "input.num_outputs": "1",
    "input.num_inference_steps": "30",
    "input.guidance_scale": "7.5",
    "input.seed": "42",
    "input.scheduler": "K_EULER",
    "input.apply_watermark": "on",
    aspect_ratio: "1344x768",
  });
  expect(readForm(data, sdxl)).toEqual({
    prompt: "a red fox",
    width: 1344,
    height: 768,
    num_outputs: 1,
    num_inference_steps: 30,
    seed: 42,
  });
});

test("an unchecked box is sent as false when the model's default is true", () => {
  expect(readForm(formOf({}), sdxl)).toEqual({ apply_watermark: false });
});

test("a size entered by hand replaces the size of the aspect ratio", () => {
  const data = formOf({ aspect_ratio: "1024x1024", "input.width": "640", "input.apply_watermark": "on" });
  expect(readForm(data, sdxl)).toEqual({ width: 640, height: 1024 });
});

test("an option keeps its type", () => {
  expect(readForm(formOf({ "input.megapixels": "0.25", aspect_ratio: "9:21" }), flux)).toEqual({
    aspect_ratio: "9:21",
    megapixels: 0.25,
  });
});

test("text that is not a number is sent unchanged, for the server to refuse", () => {
  const data = formOf({ "input.seed": "lucky", "input.apply_watermark": "on" });
  expect(readForm(data, sdxl)).toEqual({ seed: "lucky" });
});

test("an aspect ratio or a setting that the model does not have is left out", () => {
  const data = formOf({ aspect_ratio: "1024x1024", "input.admin": "true", "input.prompt": "x" });
  expect(readForm(data, flux)).toEqual({ prompt: "x" });
});

describe("what was not touched is not sent", () => {
  const field = (changes: Partial<Field>): Field[] => [
    { name: "setting", label: "Setting", kind: "longtext", required: false, order: 0, ...changes },
  ];
  const read = (text: string, changes: Partial<Field>) => readForm(formOf({ "input.setting": text }), field(changes));

  test.each<[string, string, Partial<Field>]>([
    ["a default of one space", " ", { default: " " }],
    ["a default with several lines", "one\ntwo", { default: "one\ntwo" }],
    ["a default with several lines, sent by the browser itself", "one\r\ntwo", { default: "one\ntwo" }],
    ["an empty default", "", { default: "" }],
    ["nothing, without a default", " ", {}],
    ["a default list", "cat\ndog", { kind: "texts", default: ["cat", "dog"] }],
    ["a default list of numbers", "1\n2.5", { kind: "numbers", default: [1, 2.5] }],
    ["the default of a choice", "None", { kind: "select", default: "None", options: ["None", "2x"] }],
    ["a blank default that was emptied", "", { default: " " }],
  ])("%s", (_, text, changes) => {
    expect(read(text, changes)).toEqual({});
  });

  test.each<[string, string, Partial<Field>, unknown]>([
    ["an emptied text", "", { default: "blur" }, ""],
    ["an emptied list", "", { kind: "texts", default: ["cat"] }, []],
    ["an empty option", "", { kind: "select", default: "en", options: ["", "en"] }, ""],
  ])("%s is sent, because the default is something else", (_, text, changes, sent) => {
    expect(read(text, changes)).toEqual({ setting: sent });
  });
});

test("each line of a list is an entry", () => {
  const lists: Field[] = [
    { name: "tags", label: "Tags", kind: "texts", required: false, order: 0 },
    { name: "size", label: "Size", kind: "numbers", required: false, order: 1 },
    { name: "parts", label: "Parts", kind: "choices", required: false, options: [1, "two"], order: 2 },
  ];
  const data = formOf({ "input.tags": " cat, big \r\n\r\ndog", "input.size": "1024\nwide", "input.parts": "1\ntwo" });
  expect(readForm(data, lists)).toEqual({ tags: ["cat, big", "dog"], size: [1024, "wide"], parts: [1, "two"] });
});

test("secrets are read apart", () => {
  const secret: Field = { name: "api_key", label: "API key", kind: "secret", required: false, order: 0 };
  const data = formOf({ "input.api_key": " sk-1 ", "input.prompt": "a fox" });
  expect(readForm(data, [...flux, secret])).toEqual({ prompt: "a fox" });
  expect(readSecrets(data, [...flux, secret])).toEqual({ api_key: "sk-1" });
  expect(readSecrets(formOf({ "input.api_key": " " }), [secret])).toEqual({});
});
