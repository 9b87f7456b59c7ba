import { expect, test } from "vitest";
import { derivationOf } from "@/lib/predictions/derive";

const [one, other] = ["5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02", "0b9f6f0e-5f1c-4c7e-9d6e-2f6f7c1f0a01"];

test("what a model of the catalogue does, and the image it is given, are known without being named", () => {
  const input = { image: `/api/media/${one}` };
  expect(derivationOf({ input }, "cjwbw/rembg", input)).toEqual({ tool: "remove-background", parent: one });
  expect(derivationOf({ input }, "a/b", input)).toEqual({ tool: null, parent: one });
  expect(derivationOf({ input }, "a/b", { images: ["x", ...Object.values(input)] }).parent).toBe(one);
});

test("what the request names counts", () => {
  const asked = { input: {}, tool: "repair", parent: other };
  expect(derivationOf(asked, "cjwbw/rembg", { image: `/api/media/${one}` })).toEqual({
    tool: "repair",
    parent: other,
  });
});

test("words and uploads are no parents", () => {
  const input = { prompt: `see /api/media/${one}`, image: `/api/uploads/${one}` };
  expect(derivationOf({ input }, "stability-ai/sdxl", input)).toEqual({ tool: null, parent: null });
});
