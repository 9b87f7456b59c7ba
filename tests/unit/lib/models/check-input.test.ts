import { describe, expect, test } from "vitest";
import { getFields, type Field } from "@/lib/models/fields";
import { fileFields } from "@/lib/models/check-input";
import { documentWith, versions } from "./documents";
import { problems } from "./problems";

type Input = Record<string, unknown>;

const IMAGE = "0195f2a8-0000-7000-8000-000000000001";

/** What an unchanged form sends, with all required inputs. */
function untouched(fields: Field[]): Input {
  const given = fields.flatMap((field): [string, unknown][] => {
    if (field.kind === "file") return field.required ? [[field.name, IMAGE]] : [];
    return field.default === undefined ? [] : [[field.name, field.default]];
  });
  return { ...Object.fromEntries(given), ...(fields.some(({ name }) => name === "prompt") && { prompt: "a fox" }) };
}

/** Values that the field must refuse. */
function wrongValues({ kind, min, max }: Field): unknown[] {
  const beyond = [...(min === undefined ? [] : [min - 1]), ...(max === undefined ? [] : [max + 1])];
  const never = [null, [], {}, Number.POSITIVE_INFINITY, Number.NaN];
  switch (kind) {
    case "integer":
    case "seed":
      return [...never, "4", 1.5, true, ...beyond];
    case "number":
      return [...never, "4", true, ...beyond];
    case "boolean":
      return [...never, "true", 1];
    case "select":
      return [...never, "none of these", 7.25];
    case "file":
      return [
        ...never,
        "",
        7,
        "https://evil.example/a.png",
        "data:image/png;base64,AAAA",
        `${IMAGE}/..`,
        `https://evil.example/api/media/${IMAGE}`,
        "/api/media/7",
      ];
    case "files":
      return [...never.filter((value) => !Array.isArray(value)), 7, IMAGE, Array(21).fill(IMAGE)];
    default:
      return [...never, 7, true, "x".repeat(10_001)];
  }
}

describe.each(versions)("the check of $name", ({ document, required }) => {
  const fields = getFields(document);
  const whole = untouched(fields);

  test("passes its own defaults", () => {
    expect(problems(document, whole)).toEqual([]);
  });

  test.each(fields)("refuses wrong values of $name by its name", (field) => {
    for (const value of wrongValues(field)) {
      const found = problems(document, { ...whole, [field.name]: value });
      expect([value, found.length]).not.toEqual([value, 0]);
      for (const problem of found)
        expect(problem).toMatchObject({ field: `input.${field.name}`, type: expect.any(String) });
    }
  });

  test("reports missing inputs in Replicate's words", () => {
    const missing = problems(document, {}).filter(({ field }) => field === "input");
    expect(missing.map((problem) => problem.description)).toEqual(required.map((name) => `${name} is required`));
    for (const problem of problems(document, {})) expect(problem).toMatchObject({ type: "required" });
  });

  test("reports a missing prompt once", () => {
    const prompts = problems(document, {}).filter(({ description }) => /^(prompt is|Describe)/.test(description));
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
    expect(fileFields(document)).toEqual(fields.filter(({ kind }) => kind.startsWith("file")).map(({ name }) => name));
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
