import { expect, test } from "vitest";
import { readForm } from "@/components/generate/fields/form-values";
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
