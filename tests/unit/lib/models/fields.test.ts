import { describe, expect, test } from "vitest";
import { getFields } from "@/lib/models/inputs/fields";
import { documentOf, documentWith, versions } from "./documents";

test("there are real versions of a hundred models", () => {
  expect(new Set(versions.map(({ id }) => id)).size).toBe(100);
});

describe.each(versions)("the form of $name", ({ name, document, inputs, required }) => {
  const fields = getFields(document);

  test("has a field for each input, in the model's own order", () => {
    const names = fields.map(({ name }) => name);
    expect(names.toSorted()).toEqual(Object.keys(inputs).sort());
    const orders = fields.filter(({ isDeprecated }) => !isDeprecated).map(({ name }) => inputs[name]?.["x-order"]);
    const known = orders.filter((order) => typeof order === "number");
    expect(known).toEqual(known.toSorted((a, b) => a - b));
    expect(fields.map(({ order }) => order)).toEqual(names.map((_, index) => index));
  });

  test("has a label, and knows what is required", () => {
    for (const field of fields) {
      // These models need their image, but their documents do not say that it is required.
      const isOnlyFile = /^(cjwbw\/rembg|tencent\/hunyuan3d)/.test(name) && field.name === "image";
      expect(field).toMatchObject({
        required: isOnlyFile || required.includes(field.name),
        label: expect.stringMatching(/^[A-Z\d]/),
      });
    }
  });

  test("has the defaults and bounds of texts, numbers, choices and checkboxes", () => {
    const plain = fields.filter(({ kind }) => /text|number|integer|boolean|select/.test(kind) && kind !== "texts");
    for (const field of plain.filter(({ kind }) => kind !== "numbers")) {
      const { default: fallback, minimum, maximum } = inputs[field.name] ?? {};
      expect([field.name, field.default, field.min, field.max]).toEqual([
        field.name,
        fallback ?? undefined,
        minimum,
        maximum,
      ]);
    }
  });

  test("understands every input: only lists of objects are left as JSON", () => {
    const unknown = fields.filter((field) => field.kind === "json" && field.json === undefined);
    expect(unknown).toEqual([]);
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
    expect(shape).toMatchObject({ label: "Aspect ratio", default: "1:1" });
    expect(shape?.description).toMatch(/^Shape of the result|^The shape of the image/);
    expect(shape?.options).toContain("16:9");
  });

  test("prefers its own keywords to those it references", () => {
    const one = { allOf: [{ $ref: "#/components/schemas/Size" }], default: 2, title: "Size" };
    const document = documentWith({ one }, { Size: { type: "integer", enum: [1, 2, 3], default: 1, title: "Other" } });
    expect(getFields(document)).toMatchObject([{ label: "Size", default: 2, options: [1, 2, 3], kind: "select" }]);
  });

  test("without an order takes a position that is left", () => {
    const document = documentWith({ z: {}, b: { "x-order": 1 }, y: {}, a: { "x-order": 0 } });
    expect(getFields(document).map((field) => field.name)).toEqual(["a", "b", "z", "y"]);
    const partly = documentWith({ seed: {}, prompt: {}, ratio: { "x-order": 1 }, format: { "x-order": 8 } });
    expect(getFields(partly).map((field) => field.name)).toEqual(["seed", "ratio", "prompt", "format"]);
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
    ["several types of entries", { type: "array", items: { type: ["string", "integer"] } }, "array"],
    ["entries that nothing satisfies", { type: "array", items: { anyOf: [] } }, "array"],
    ["an object", { type: "object" }, "object"],
    ["a pointer to nothing", { $ref: "#/components/schemas/nothing" }],
    ["a pointer outside", { $ref: "https://evil.example/schema.json" }],
    ["choices that are no list", { enum: "abc" }],
    ["a default and bounds of another kind", { default: { a: 1 }, minimum: "1", maximum: null, title: 7 }],
  ])("has a JSON field for %s", (_, property, json?: string) => {
    expect(getFields(documentWith({ odd: property }))).toEqual([
      { name: "odd", label: "Odd", kind: "json", required: false, order: 0, ...(json && { json }) },
    ]);
  });

  test("may have schemas that reference themselves", () => {
    const self = { $ref: "#/components/schemas/A" };
    expect(getFields(documentWith({ odd: self }, { A: self }))).toMatchObject([{ kind: "json" }]);
  });
});
