import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { fieldsOf, type Field } from "@/lib/models/fields";
import { checkInput, fileFields, imageCount } from "@/lib/models/input";
import type { OpenApiSchema } from "@/lib/replicate/schema";
import { documentOf, documentWith, versions } from "./documents";

type Input = Record<string, unknown>;

const PICTURE = "0195f2a8-0000-7000-8000-000000000001";
const sdxl = documentOf("stability-ai/sdxl");

/** What is refused about an input; nothing when it passes. */
function problems(document: OpenApiSchema | null, input: Input) {
  try {
    checkInput(document, input);
    return [];
  } catch (error) {
    if (error instanceof AppError && error.status === 422) return error.invalidFields ?? [];
    throw error;
  }
}

/** What a form sends that nobody has touched, with what must be filled in. */
function untouched(fields: Field[]): Input {
  const given = fields.flatMap((field): [string, unknown][] => {
    if (field.kind === "file") return field.required ? [[field.name, PICTURE]] : [];
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
        `${PICTURE}/..`,
        `https://evil.example/api/images/${PICTURE}`,
        "/api/images/7",
      ];
    default:
      return [...never, 7, true, "x".repeat(10_001)];
  }
}

describe.each(versions)("the check of $name", ({ document, required }) => {
  const fields = fieldsOf(document);
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

  test("misses what must be given, as Replicate says it", () => {
    expect(problems(document, {}).map((problem) => problem.description)).toEqual(
      required.map((name) => `${name} is required`),
    );
    for (const problem of problems(document, {})) expect(problem).toMatchObject({ field: "input", type: "required" });
  });

  test("knows no other input", () => {
    expect(problems(document, { ...whole, webhook: "https://evil.example", constructor: {} })).toEqual(
      ["webhook", "constructor"].map((name) => ({
        field: "input",
        description: `Additional property ${name} is not allowed`,
        type: "additional_property_not_allowed",
      })),
    );
  });

  test("names the files", () => {
    expect(fileFields(document)).toEqual(fields.filter(({ kind }) => kind === "file").map(({ name }) => name));
  });
});

describe("what the schema leaves open", () => {
  test.each([63, 2049, 100_000])("a side of %i pixels is refused", (side) => {
    expect(problems(sdxl, { width: side })).toMatchObject([{ field: "input.width" }]);
    expect(problems(sdxl, { height: side })).toMatchObject([{ field: "input.height" }]);
  });

  test("sides from 64 to 2048 pixels pass, and others where the schema says so", () => {
    expect(problems(sdxl, { width: 64, height: 2048 })).toEqual([]);
    const large = documentWith({ width: { type: "integer", minimum: 1, maximum: 4096 } });
    expect([problems(large, { width: 4096 }), problems(large, { width: 1 })]).toEqual([[], []]);
  });

  test("a text ends at 10,000 characters, or where the schema says so", () => {
    expect(problems(sdxl, { prompt: "x".repeat(10_000) })).toEqual([]);
    const short = documentWith({ name: { type: "string", minLength: 2, maxLength: 3 } });
    expect(["a", "ab", "abc", "abcd"].map((name) => problems(short, { name }).length)).toEqual([1, 0, 0, 1]);
  });

  test.each(["", " ", "\n\t", "\u200b", "\u200d \u2060\ufeff"])("the prompt %j is none", (prompt) => {
    expect(problems(sdxl, { prompt })).toEqual([
      { field: "input.prompt", description: "Describe the picture first.", type: "required" },
    ]);
  });

  test.each(["\u{1f98a}", "\u05d0", "\u202eabc\u202c", "."])("the prompt %j is one", (prompt) => {
    expect(problems(sdxl, { prompt })).toEqual([]);
  });

  test("a picture is one of our own, by id or path", () => {
    expect(problems(sdxl, { image: PICTURE, mask: `/api/images/${PICTURE}` })).toEqual([]);
    expect(problems(sdxl, { image: "https://replicate.delivery/a.png" })).toMatchObject([
      { field: "input.image", description: "image must be one of your own pictures" },
    ]);
  });

  test("everything wrong is said at once", () => {
    const wrong = { prompt: " ", num_outputs: 5, scheduler: "x", steps: 1 };
    expect(
      problems(sdxl, wrong)
        .map(({ field }) => field)
        .sort(),
    ).toEqual(["input", "input.num_outputs", "input.prompt", "input.scheduler"]);
    expect(() => checkInput(sdxl, wrong)).toThrow(/num_outputs must .*Describe the picture first\./s);
  });
});

describe("the number of pictures an input asks for", () => {
  test.each<[Input, number]>([
    [{}, 1],
    [{ num_outputs: 4 }, 4],
    [{ num_images: 2 }, 2],
    [{ number_of_images: 3 }, 3],
    [{ num_outputs: 0 }, 1],
    [{ num_outputs: -3 }, 1],
    [{ num_outputs: 2.9 }, 2],
    [{ num_outputs: "4" }, 1],
    [{ num_outputs: "4", num_images: 2 }, 2],
  ])("%j is %i", (input, count) => {
    expect(imageCount(null, input)).toBe(count);
  });
});

test("a model that makes four by itself counts four, unless fewer are asked for", () => {
  const four = documentWith({ num_outputs: { type: "integer", default: 4 } });
  expect([imageCount(four, {}), imageCount(four, { num_outputs: 2 })]).toEqual([4, 2]);
});

test("what is wrong is said in plain words", () => {
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
