import { describe, expect, test } from "vitest";
import { getFields, type Field } from "@/lib/models/inputs/fields";
import { fileFields, withoutNull } from "@/lib/models/inputs/check-input";
import { REDACTED } from "@/lib/models/inputs/secrets";
import { documentWith, versions } from "./documents";
import { problems } from "./problems";
import { IMAGE, validValue, wrongValues } from "./values";

type Input = Record<string, unknown>;

/** Returns the input of a form in which only the required fields and the prompt are filled in. Other fields have defaults. */
function untouched(fields: Field[]): Input {
  const given = fields.flatMap((field): [string, unknown][] => {
    const value = field.default ?? (field.required ? validValue(field) : undefined);
    return value === undefined ? [] : [[field.name, value]];
  });
  return { ...Object.fromEntries(given), ...(fields.some(({ name }) => name === "prompt") && { prompt: "a fox" }) };
}

/** Returns all properties of a field that decide which values it accepts, as one text. */
function rulesOf({ kind, min, max, options, required, default: fallback, pattern }: Field) {
  return JSON.stringify([kind, min, max, options, required, fallback, pattern]);
}

/** The inputs of all models. An input that several models have is checked only once. */
const inputs = new Map(
  versions.flatMap((version) =>
    getFields(version.document).map((field) => [`${field.name} ${rulesOf(field)}`, { ...version, field }] as const),
  ),
);

test.each([...inputs.values()])("the check of $name refuses wrong values of $field.name by its name", (input) => {
  const { document, field } = input;
  const whole = untouched(getFields(document));
  for (const value of wrongValues(field)) {
    const found = problems(document, { ...whole, [field.name]: value });
    expect([value, found.length]).not.toEqual([value, 0]);
    const names = found.map((problem) => problem.field.split(".").slice(0, 2).join("."));
    expect([...new Set(names)]).toEqual([`input.${field.name}`]);
  }
});

describe.each(versions)("the check of $name", ({ name, document, required }) => {
  const fields = getFields(document);
  const whole = untouched(fields);

  test("passes its own defaults", () => {
    expect(problems(document, whole)).toEqual([]);
  });

  test("passes valid values of every kind", () => {
    const values = fields.map((field) => [field.name, validValue(field)] as const);
    expect(problems(document, Object.fromEntries(values))).toEqual([]);
  });

  test("reports missing inputs in Replicate's words", () => {
    const missing = problems(document, {}).filter(({ field }) => field === "input");
    const words = missing.map((problem) => problem.description);
    const needed = name.startsWith("cjwbw/rembg") || name.startsWith("tencent/hunyuan3d") ? ["image"] : required;
    expect(words.toSorted()).toEqual(needed.map((one) => `${one} is required`).toSorted());
    for (const problem of problems(document, {})) expect(problem).toMatchObject({ type: "required" });
  });

  test("reports a missing prompt once", () => {
    const prompts = problems(document, {}).filter(({ description }) => /^(prompt is|Describe|Enter)/.test(description));
    expect(prompts).toHaveLength(fields.some(({ name }) => name === "prompt") ? 1 : 0);
  });

  test("refuses unknown inputs", () => {
    expect(problems(document, { ...whole, webhook: "https://evil.example", constructor: {} })).toEqual(
      ["webhook", "constructor"].map((name) => ({
        field: "input",
        description: `Additional property ${name} is not allowed`,
        type: "additional_property_not_allowed",
      })),
    );
  });

  test("names the files", () => {
    const files = fields.filter(({ kind }) => kind.startsWith("file")).map(({ name }) => name);
    expect(fileFields(document).toSorted()).toEqual(files.toSorted());
  });
});

test("problems are described in plain words", () => {
  const document = documentWith({
    width: { type: "integer" },
    steps: { type: "integer", minimum: 1, maximum: 50 },
    mode: { type: "string", enum: ["fast", "fine"] },
    seed: { type: "integer" },
  });
  const input = { width: 9000, steps: 0, mode: "odd", seed: "x" };
  expect(problems(document, input).map(({ description }) => description)).toEqual([
    "width must be at most 2048",
    "steps must be at least 1",
    "mode must be one of: fast, fine",
    "seed must be a number",
  ]);
});

test("null for an optional input means that it is not given", () => {
  const document = documentWith({ prompt: { type: "string" }, seed: { type: "integer" } }, { required: ["prompt"] });
  expect(withoutNull(document, { prompt: "a fox", seed: null })).toEqual({ prompt: "a fox" });
  expect(withoutNull(document, { prompt: null, other: null })).toEqual({ prompt: null, other: null });
  expect(withoutNull(null, { seed: null })).toEqual({ seed: null });
});

describe("the entries of a list", () => {
  const list = (items: object, value: unknown, more: object = {}) =>
    problems(documentWith({ list: { type: "array", items, ...more } }), { list: value });

  test("have their types, bounds and options", () => {
    expect(list({ type: "string" }, ["cat", 7])).toMatchObject([{ field: "input.list.1", type: "invalid_type" }]);
    expect(list({ type: "integer", maximum: 9 }, [9, 10])).toMatchObject([{ description: "list must be at most 9" }]);
    expect(list({ enum: ["a", "b"] }, ["c"])).toMatchObject([{ description: "list must be one of: a, b" }]);
    expect(list({ anyOf: [] }, ["anything", 7])).toEqual([]);
  });

  test("are as many as the model takes", () => {
    const words = (count: number) => list({ type: "string" }, Array(count).fill("x"), { minItems: 2, maxItems: 3 });
    expect([2, 3].flatMap(words)).toEqual([]);
    expect(words(1)).toMatchObject([{ description: "list must be at least 2 entries" }]);
    expect(words(4)).toMatchObject([{ description: "list must be at most 3 entries" }]);
  });

  test("are as many files as the model takes", () => {
    const files = (count: number) => list({ type: "string", format: "uri" }, Array(count).fill(IMAGE), { minItems: 2 });
    expect(files(2)).toEqual([]);
    expect(files(1)).toMatchObject([{ field: "input.list", description: "list must be at least 2 entries" }]);
  });
});

test("a message names at most thirty options", () => {
  const document = documentWith({ voice: { enum: Array.from({ length: 240 }, (_, n) => `v${n}`) } });
  expect(problems(document, { voice: "x" })[0]?.description).toMatch(/v29 and 210 more$/);
});

test("bounds that exclude their end are said to", () => {
  const document = documentWith({ scale: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 } });
  expect(problems(document, { scale: 0 })).toMatchObject([{ description: "scale must be more than 0" }]);
  expect(problems(document, { scale: 1 })).toMatchObject([{ description: "scale must be less than 1" }]);
});

describe("an optional prompt", () => {
  const inputs = {
    prompt: { type: "string" },
    structured_prompt: { type: "string" },
    messages: { type: "array", items: { type: "object" } },
    image: { type: "string", format: "uri" },
    negative_prompt: { type: "string" },
    system_prompt: { type: "string" },
    replicate_weights: { type: "string", format: "uri" },
    voice: { type: "string" },
  };
  const found = (input: Input, required: string[] = []) => problems(documentWith(inputs, { required }), input);

  test.each<Input>([
    { structured_prompt: "{}" },
    { structured_prompt: "{}", prompt: " " },
    { messages: [{ role: "user" }] },
    { image: IMAGE, prompt: "" },
    { prompt: "a fox" },
  ])("can be empty with %j", (input) => {
    expect(found(input)).toEqual([]);
  });

  test.each<Input>([
    {},
    { structured_prompt: " " },
    { messages: [] },
    { negative_prompt: "blur" },
    { system_prompt: "Be brief." },
    { replicate_weights: IMAGE },
    { voice: "Rachel" },
    { prompt: " ", voice: "Rachel" },
  ])("cannot be empty with %j", (input) => {
    expect(found(input)).toMatchObject([{ field: "input.prompt", description: "Describe the image first." }]);
  });

  test("is not optional if the model requires it", () => {
    expect(found({ image: IMAGE, prompt: " " }, ["prompt"])).toMatchObject([{ field: "input.prompt" }]);
  });
});

test("a secret that was copied from a saved input must be entered again", () => {
  const document = documentWith({ api_key: { type: "string", format: "password" } }, { required: ["api_key"] });
  expect(problems(document, { api_key: REDACTED })).toEqual([
    { field: "input.api_key", description: "api_key is never saved. Enter it again", type: "required" },
  ]);
});

test("a model that has one file and nothing else needs it", () => {
  const file = { type: "string", format: "uri" };
  const needs = (inputs: object) => problems(documentWith(inputs), {}).map(({ description }) => description);
  expect(needs({ image: file, alpha: { type: "boolean" } })).toEqual(["image is required"]);
  expect(needs({ image: file, mask: file })).toEqual(["image is required"]);
  expect(needs({ image: file, image_url: { type: "string" } })).toEqual([]);
  expect(needs({ image: file, style_image: file })).toEqual([]);
  expect(needs({ image: file, text: { type: "string" } })).toEqual([]);
});
