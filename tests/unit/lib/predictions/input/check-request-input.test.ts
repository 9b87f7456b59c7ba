import { beforeEach, expect, test, vi } from "vitest";
import type { requireOwnMedia } from "@/lib/media/input-files";
import { getFields } from "@/lib/models/inputs/fields";
import { checkRequestInput } from "@/lib/predictions/input/check-request-input";

const step = vi.hoisted(() => ({
  own: vi.fn<typeof requireOwnMedia>(),
  save: vi.fn<(input: object) => Promise<object>>(),
}));
vi.mock("@/lib/media/input-files", () => ({ requireOwnMedia: step.own }));
vi.mock("@/lib/media/uploads/data-uris", async (original) => ({
  ...(await original<object>()),
  saveDataUris: step.save,
}));
vi.mock("@/lib/env", () => ({ env: () => ({}) }));

const uri = { type: "string", format: "uri" };
const properties = {
  image: uri,
  voices: { type: "array", items: uri, description: "Sounds" },
  scale: { type: "integer", maximum: 4 },
};
const schema = { openapi: "3.0.2", components: { schemas: { Input: { type: "object", properties } } } };
const check = async (given: Record<string, unknown>) => {
  const { input } = await checkRequestInput({ schema, fields: getFields(schema) }, given, "me");
  return input;
};
const image = "data:image/png;base64,Zm94";

beforeEach(() => {
  step.save.mockReset().mockImplementation(async (input) => ({ ...input, image: "/api/uploads/a" }));
  step.own.mockReset().mockImplementation(async (input) => input);
});

test("data URIs are saved, and then each file field is checked for what it takes", async () => {
  expect(await check({ image, scale: 2 })).toEqual({ image: "/api/uploads/a", scale: 2 });
  const [, fields = []] = step.own.mock.lastCall ?? [];
  const kinds = ["image", "audio", "file"] as const;
  const taken = fields.map(({ name, noun, accepts }) => [
    name,
    noun,
    kinds.filter((kind) => accepts({ kind, content_type: `${kind}/x` })),
  ]);
  expect(taken).toEqual([
    ["image", "image", ["image"]],
    ["voices", "sound", ["audio"]],
  ]);
});

test("a data URI counts toward the size of the input, except in a file field", async () => {
  const long = `data:,${"x".repeat(70_000)}`;
  await expect(check({ image: long })).resolves.toMatchObject({ image: "/api/uploads/a" });
  for (const text of [{ scale: long }, { unknown: [long] }]) {
    await expect(check({ image, ...text })).rejects.toMatchObject({ code: "payload_too_large" });
  }
  expect(step.save).toHaveBeenCalledOnce();
});

test("nothing is saved for an input that is invalid in another field", async () => {
  await expect(check({ image, scale: 9 })).rejects.toMatchObject({ invalidFields: [{ field: "input.scale" }] });
  expect(step.save).not.toHaveBeenCalled();
});
