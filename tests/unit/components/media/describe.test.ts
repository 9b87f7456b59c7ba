import { expect, test } from "vitest";
import { altOf, describe } from "@/components/media/describe";

test.each([
  [{ prompt: "a fox", tool: "upscale", subject: "a hen" }, "a fox"],
  [{ prompt: "", tool: "upscale", subject: "a fox" }, "Upscaled from “a fox”"],
  [{ prompt: "", tool: "remove-background", subject: "a fox" }, "Cut out from “a fox”"],
  [{ prompt: "", tool: "restore", subject: null }, "Restored image"],
  [{ prompt: "", tool: "somebody's own", subject: "a fox" }, "Generated from “a fox”"],
  [{ prompt: "", tool: "upscale", subject: null, kind: "video" }, "Upscaled video"],
  [{ prompt: "", tool: null, subject: null, kind: "image" }, "Image without a prompt"],
  [{ prompt: "", tool: null, subject: null, kind: "model3d" }, "3D model without a prompt"],
  [{ prompt: "", tool: null, subject: null }, "No prompt"],
  [{ prompt: "You improve prompts …", tool: "improve", subject: null }, "Improved prompt"],
  [{ prompt: "Describe this image.", tool: "describe", subject: null }, "Description of an image"],
] as const)("%j is described as %s", (item, words) => {
  expect(describe(item)).toBe(words);
});

test("screen readers read the owner's alternative text, or else the description", () => {
  const item = { prompt: "a fox", tool: null, subject: null };
  expect([altOf({ ...item, alt: "A fox in snow" }), altOf({ ...item, alt: null })]).toEqual(["A fox in snow", "a fox"]);
});
