import { expect, test } from "vitest";
import { describe } from "@/components/media/describe";

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
] as const)("%j is described as %s", (item, words) => {
  expect(describe(item)).toBe(words);
});
