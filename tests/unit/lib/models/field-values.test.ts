import { describe, expect, test } from "vitest";
import { getFields } from "@/lib/models/inputs/fields";
import { documentWith } from "./documents";

test.each([
  ["a choice by a pointer beside its default", { allOf: [{ $ref: "#/components/schemas/Size" }], default: "b" }],
  ["a pointer to a choice or null", { anyOf: [{ $ref: "#/components/schemas/Size" }, { type: "null" }], default: "b" }],
  ["a pointer to a pointer", { $ref: "#/components/schemas/Other", default: "b" }],
])("%s is a menu", (_, size) => {
  const Size = { type: "string", enum: ["a", "b"] };
  const document = documentWith({ size }, { Size, Other: { allOf: [{ $ref: "#/components/schemas/Size" }] } });
  expect(getFields(document)).toMatchObject([{ kind: "select", options: ["a", "b"], default: "b" }]);
});

test("options that are identifiers have labels in words", () => {
  const [field] = getFields(documentWith({ refine: { enum: ["no_refiner", "K_EULER", "None", "match_input_image"] } }));
  expect(field?.optionLabels).toEqual({ no_refiner: "No refiner", match_input_image: "Match input image" });
});

describe("a default that the form could not show is ignored", () => {
  test.each([
    ["a number for a text", { type: "string", default: 5 }],
    ["a text for a number", { type: "integer", default: "5" }],
    ["a text for a checkbox", { type: "boolean", default: "true" }],
    ["a choice that is not offered", { enum: ["a"], default: "z" }],
    ["null", { type: "string", default: null, nullable: true }],
    ["the address of a file", { type: "string", format: "uri", default: "https://example.com/a.png" }],
    ["text that is no address", { type: "string", format: "uri", default: "none" }],
    ["an empty list", { type: "array", items: { type: "string" }, default: [] }],
    ["a list of other values", { type: "array", items: { enum: ["a"] }, default: ["z"] }],
    ["a secret", { type: "string", format: "password", default: "x" }],
    ["a negative seed, which stands for a random one", { type: "integer", default: -1 }],
  ])("%s", (_, property) => {
    expect(getFields(documentWith({ seed: property }))[0]?.default).toBeUndefined();
  });
});

describe("a list", () => {
  const list = (items: unknown, more: object = {}) =>
    getFields(documentWith({ list: { type: "array", items, ...more } }))[0];

  test.each([
    [{ type: "string" }, {}, { kind: "texts" }],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, { default: ["a"] }, { kind: "texts", default: ["a"] }],
    [{ type: "string" }, { minItems: 2, maxItems: 3 }, { kind: "texts", min: 2, max: 3 }],
    [{ type: "integer", minimum: 1 }, {}, { kind: "numbers", entries: { min: 1, isWhole: true } }],
    [{ type: "number" }, { minItems: 0 }, { kind: "numbers", entries: { isWhole: false } }],
    [{ enum: ["a", "b"] }, { default: ["b"] }, { kind: "choices", options: ["a", "b"], default: ["b"] }],
    [{ type: "string", enum: Array.from({ length: 13 }, (_, n) => `option ${n}`) }, {}, { kind: "texts" }],
    [{ type: "object" }, {}, { kind: "json", json: "array" }],
    [{ type: "string", format: "uri" }, { minItems: 2 }, { kind: "files", min: 2, takes: "any" }],
    [{ type: "string", format: "uri" }, { minItems: 3, maxItems: 2 }, { kind: "files" }],
  ])("of %j with %j", (items, more, field) => {
    expect(list(items, more)).toMatchObject(field);
  });

  test.each([
    ["prompts", { type: "string" }, true],
    [
      "languages",
      { type: "string", enum: ["Chinese,Yue", ...Array.from({ length: 12 }, (_, n) => `option ${n}`)] },
      true,
    ],
    ["tags", { type: "string" }, undefined],
    ["prompts", { type: "integer" }, undefined],
  ])("%s of %j may have commas in an entry: %s", (name, items, hasCommas) => {
    const [field] = getFields(documentWith({ [name]: { type: "array", items } }));
    expect(field?.hasCommas).toBe(hasCommas);
  });

  test("says how many entries it takes", () => {
    const note = (more: object) => list({ type: "string", format: "uri" }, more)?.description;
    expect(note({ description: "Pictures", minItems: 2, maxItems: 3 })).toBe("Pictures. 2 to 3 files.");
    expect(note({ minItems: 2 })).toBe("At least 2 files.");
    expect(note({ minItems: 2, maxItems: 2 })).toBe("Exactly 2 files.");
    expect(list({ type: "string" }, { maxItems: 5 })?.description).toBe("At most 5 entries.");
    expect(note({})).toBeUndefined();
  });
});

test("bounds may have other names", () => {
  const document = documentWith({ a: { type: "integer", ge: 1, le: 4 }, b: { type: "integer", gt: 0, lt: 5 } });
  expect(getFields(document)).toMatchObject([
    { min: 1, max: 4 },
    { min: 1, max: 4 },
  ]);
});

test("a seed keeps its bounds, whatever its name and default", () => {
  const seed = { type: "integer", minimum: 0, maximum: 65_535, default: -1 };
  const fields = getFields(documentWith({ seed, noise_seed: seed, random_seed: seed, seeds: seed }));
  expect(fields.map(({ kind, min, max }) => [kind, min, max])).toEqual([
    ["seed", 0, 65_535],
    ["seed", 0, 65_535],
    ["seed", 0, 65_535],
    ["integer", undefined, undefined],
  ]);
});

test("deprecated inputs come last", () => {
  const text = { type: "string" };
  const document = documentWith({
    old: { ...text, deprecated: true, "x-order": 0 },
    older: { ...text, description: "(Deprecated) Use new.", "x-order": 1 },
    new: { ...text, "x-order": 2 },
  });
  expect(getFields(document).map(({ name, isDeprecated }) => [name, isDeprecated])).toEqual([
    ["new", undefined],
    ["old", true],
    ["older", true],
  ]);
});

test("a number of images is one only in a model that makes images or videos", () => {
  const counts = (output: object) => {
    const inputs = { batch_size: { type: "integer", default: 24 }, audio: { type: "string", format: "uri" } };
    return getFields(documentWith(inputs, { Output: output })).filter(({ isCount }) => isCount).length;
  };
  expect([counts({ type: "string", format: "uri" }), counts({ type: "string" }), counts({})]).toEqual([1, 0, 0]);
});
