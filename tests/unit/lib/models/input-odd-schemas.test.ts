import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { checkInput, fileFields } from "@/lib/models/inputs/check-input";
import { documentWith } from "./documents";

// Anybody can publish a model with any schema. So the check must never throw anything but an `AppError`.
const passes = (...[document, input]: Parameters<typeof checkInput>) => {
  try {
    checkInput(document, input);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
};

describe("an empty schema", () => {
  test.each([
    ["none at all", null],
    ["no schemas", { components: { schemas: {} } }],
    ["no inputs", { components: { schemas: { Input: { type: "object" } } } }],
    ["a list of inputs", documentWith([1, 2])],
  ])("checks nothing: %s", (_, document) => {
    expect(passes(document, { prompt: "a fox", odd: { deep: [1] } })).toBe(true);
    expect(fileFields(document)).toEqual([]);
  });
});

describe("an invalid property", () => {
  const loop = { $ref: "#/components/schemas/A" };

  test.each<[string, unknown, Record<string, unknown>?]>([
    ["a number", 5],
    ["true", true],
    ["an unknown type", { type: "banana" }],
    ["bounds that are no numbers", { type: "string", maxLength: "3", minLength: null }],
    ["choices that are no list", { enum: "abc" }],
    ["no choices", { enum: [] }],
    ["choices that are no values", { enum: [{}, null] }],
    ["a pattern that is none", { type: "string", pattern: "(" }],
    ["a pointer to nothing", { $ref: "#/components/schemas/nothing" }],
    ["a pointer outside", { $ref: "https://evil.example/schema.json" }],
    ["a pointer to itself", loop, { A: loop }],
    ["a way back to itself", loop, { A: { allOf: [loop] } }],
    ["the impossible", { not: {} }],
    ["a condition", { if: {}, else: false }],
  ])("checks nothing, but its neighbours still do: %s", (_, odd, schemas) => {
    const document = documentWith({ odd, count: { type: "integer" } }, { required: "odd", ...schemas });
    expect(passes(document, { odd: "x", count: 1 })).toBe(true);
    expect(passes(document, { odd: "x", count: "1" })).toBe(false);
  });
});

test("other keywords are left to Replicate", () => {
  const document = documentWith({ size: { type: "integer", multipleOf: 8, minimum: 1 } });
  expect([9, 0].map((size) => passes(document, { size }))).toEqual([true, false]);
});

describe("a schema that would block the process", () => {
  test("with an exponential pattern", () => {
    const document = documentWith({ text: { type: "string", pattern: "^(a+)+$" } });
    expect(passes(document, { text: `${"a".repeat(5000)}!` })).toBe(true);
  });

  test("with schemas that double at every step", () => {
    const twice = (name: string) => ({ allOf: [{ $ref: name }, { $ref: name }] });
    const names = Array.from({ length: 40 }, (_, step) => `S${step}`);
    const schemas = Object.fromEntries(names.map((name, step) => [name, twice(`#/components/schemas/S${step + 1}`)]));
    expect(passes(documentWith({ odd: twice("#/components/schemas/S0") }, schemas), { odd: 1 })).toBe(true);
  });
});

test("a file may be described by a reference", () => {
  const document = documentWith(
    { image: { allOf: [{ $ref: "#/components/schemas/Image" }] } },
    { Image: { type: "string", format: "uri" } },
  );
  expect(fileFields(document)).toEqual(["image"]);
  expect(passes(document, { image: "https://evil.example/a.png" })).toBe(false);
});
