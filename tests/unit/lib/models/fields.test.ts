import { describe, expect, test } from "vitest";
import { getFields } from "@/lib/models/fields";
import { documentOf, documentWith, versions } from "./documents";

test("there are fourteen real versions", () => {
  expect(versions).toHaveLength(14);
});

describe.each(versions)("the form of $name", ({ document, inputs, required }) => {
  const fields = getFields(document);

  test("has a field for each input, in the model's own order", () => {
    const ordered = Object.entries(inputs).sort(([, a], [, b]) => Number(a["x-order"]) - Number(b["x-order"]));
    expect(fields.map((field) => field.name)).toEqual(ordered.map(([name]) => name));
  });

  test("has defaults, bounds and required inputs", () => {
    for (const field of fields) {
      const { default: fallback, minimum, maximum, description } = inputs[field.name] ?? {};
      expect(field).toMatchObject({ required: required.includes(field.name), label: expect.stringMatching(/\S/) });
      // An empty list is what there is without a default.
      const start = Array.isArray(fallback) ? undefined : fallback;
      expect([field.default, field.min, field.max]).toEqual([start, minimum, maximum]);
      expect(field.description).toBe(description);
    }
  });

  test("understands every input: none is left as JSON", () => {
    expect(fields.filter((field) => field.kind === "json")).toEqual([]);
  });
});

describe("a field", () => {
  const kinds = (name: string) =>
    Object.fromEntries(getFields(documentOf(name)).map((field) => [field.name, field.kind]));

  test("is of the kind that its schema says", () => {
    expect(kinds("stability-ai/sdxl")).toMatchObject({
      prompt: "longtext",
      replicate_weights: "text",
      image: "file",
      width: "integer",
      scheduler: "select",
      guidance_scale: "number",
      seed: "seed",
      apply_watermark: "boolean",
    });
    expect(kinds("tencentarc/gfpgan")).toEqual({ img: "file", version: "select", scale: "number" });
  });

  test("with options has its own description, not the generated one of the enum", () => {
    const shape = getFields(documentOf("black-forest-labs/flux")).find((field) => field.name === "aspect_ratio");
    expect(shape).toMatchObject({ label: "aspect ratio", description: "The shape of the image", default: "1:1" });
    expect(shape?.options).toContain("16:9");
  });

  test("prefers its own keywords to those it references", () => {
    const one = { allOf: [{ $ref: "#/components/schemas/Size" }], default: 2, title: "Size" };
    const document = documentWith({ one }, { Size: { type: "integer", enum: [1, 2, 3], default: 1, title: "Other" } });
    expect(getFields(document)).toMatchObject([{ label: "Size", default: 2, options: [1, 2, 3], kind: "select" }]);
  });

  test("without an order comes after the others", () => {
    const document = documentWith({ z: {}, b: { "x-order": 1 }, y: {}, a: { "x-order": 0 } });
    expect(getFields(document).map((field) => field.name)).toEqual(["a", "b", "z", "y"]);
  });
});

test.each([
  ["by two types", { type: ["integer", "null"], maximum: 5 }],
  ["by a choice", { anyOf: [{ type: "integer", maximum: 5 }, { type: "null" }] }],
  ["by a pointer", { anyOf: [{ $ref: "#/components/schemas/Size" }, { type: "null" }], title: "Size" }],
])("an optional input has the type of its value: %s", (_, size) => {
  const document = documentWith({ size }, { Size: { type: "integer", maximum: 5 } });
  expect(getFields(document)).toMatchObject([{ name: "size", kind: "integer", max: 5 }]);
});

test.each([
  ["that exclude each other", { minimum: 5, maximum: 1 }],
  ["with no whole number between", { minimum: 1.2, maximum: 1.8 }],
  ["that exclude the default", { minimum: 1, maximum: 4, default: 0 }],
])("bounds %s are ignored", (_, bounds) => {
  const [field] = getFields(documentWith({ size: { type: "integer", ...bounds } }));
  expect([field?.min, field?.max]).toEqual([undefined, undefined]);
});

test("a whole number's bounds are whole", () => {
  const [field] = getFields(documentWith({ size: { type: "integer", minimum: 0.5, maximum: 8.5 } }));
  expect([field?.min, field?.max]).toEqual([1, 8]);
});

describe("an invalid document", () => {
  test.each([
    ["no schemas", { components: { schemas: {} } }],
    ["no inputs", { components: { schemas: { Input: {} } } }],
    ["a list of inputs", documentWith([1, 2])],
  ])("with %s has no fields", (_, document) => {
    expect(getFields(document)).toEqual([]);
  });

  test.each([
    ["null", null],
    ["a number", 5],
    ["an unknown type", { type: "banana" }],
    ["several types", { type: ["string", "integer"] }],
    ["a list", { type: "array", items: { type: "string" } }],
    ["a pointer to nothing", { $ref: "#/components/schemas/nothing" }],
    ["a pointer outside", { $ref: "https://evil.example/schema.json" }],
    ["choices that are no list", { enum: "abc" }],
    ["a default and bounds of another kind", { default: { a: 1 }, minimum: "1", maximum: null, title: 7 }],
  ])("has a JSON field for %s", (_, property) => {
    expect(getFields(documentWith({ odd: property }))).toEqual([
      { name: "odd", label: "odd", kind: "json", required: false, order: 1000 },
    ]);
  });

  test("may have schemas that reference themselves", () => {
    const self = { $ref: "#/components/schemas/A" };
    expect(getFields(documentWith({ odd: self }, { A: self }))).toMatchObject([{ kind: "json" }]);
  });
});
