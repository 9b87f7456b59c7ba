import { expect, test } from "vitest";
import { readForm } from "@/components/generate/fields/form-values";
import { flux, sdxl } from "./fixtures";

function formOf(entries: Record<string, string>) {
  const data = new FormData();
  for (const [name, value] of Object.entries(entries)) data.set(name, value);
  return data;
}

test("numbers become numbers, and what stands at the model's default is not sent", () => {
  const data = formOf({
    "input.prompt": "a red fox",
    "input.num_outputs": "1",
    "input.num_inference_steps": "30",
    "input.guidance_scale": "7.5",
    "input.seed": "42",
    "input.scheduler": "K_EULER",
    "input.apply_watermark": "on",
    shape: "1344x768",
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

test("an unchecked box says no where the model would say yes", () => {
  expect(readForm(formOf({}), sdxl)).toEqual({ apply_watermark: false });
});

test("a size typed by hand goes before the size of the shape", () => {
  const data = formOf({ shape: "1024x1024", "input.width": "640", "input.apply_watermark": "on" });
  expect(readForm(data, sdxl)).toEqual({ width: 640, height: 1024 });
});

test("a choice keeps the type it has in the model's list", () => {
  expect(readForm(formOf({ "input.megapixels": "0.25", shape: "9:21" }), flux)).toEqual({
    aspect_ratio: "9:21",
    megapixels: 0.25,
  });
});

test("what is not a number goes on as it is, for the server to name", () => {
  const data = formOf({ "input.seed": "lucky", "input.apply_watermark": "on" });
  expect(readForm(data, sdxl)).toEqual({ seed: "lucky" });
});

test("a shape or a setting that the model does not have is left out", () => {
  const data = formOf({ shape: "1024x1024", "input.admin": "true", "input.prompt": "x" });
  expect(readForm(data, flux)).toEqual({ prompt: "x" });
});
