import { describe, expect, test } from "vitest";
import { checkInput } from "@/lib/models/inputs/check-input";
import { documentOf, documentWith } from "./documents";
import { problems } from "./problems";

const IMAGE = "0195f2a8-0000-7000-8000-000000000001";
const sdxl = documentOf("stability-ai/sdxl");

describe("limits that the schema does not have", () => {
  const prompt = "a fox";

  test.each([63, 2049, 100_000])("a side of %i pixels is refused", (side) => {
    expect(problems(sdxl, { prompt, width: side })).toMatchObject([{ field: "input.width" }]);
    expect(problems(sdxl, { prompt, height: side })).toMatchObject([{ field: "input.height" }]);
  });

  test("sides from 64 to 2048 pixels pass, and others where the schema says so", () => {
    expect(problems(sdxl, { prompt, width: 64, height: 2048 })).toEqual([]);
    const large = documentWith({ width: { type: "integer", minimum: 1, maximum: 4096 } });
    expect([problems(large, { width: 4096 }), problems(large, { width: 1 })]).toEqual([[], []]);
  });

  test("a text ends at 10,000 characters, or where the schema says so", () => {
    expect(problems(sdxl, { prompt: "x".repeat(10_000) })).toEqual([]);
    const short = documentWith({ name: { type: "string", minLength: 2, maxLength: 3 } });
    expect(["a", "ab", "abc", "abcd"].map((name) => problems(short, { name }).length)).toEqual([1, 0, 0, 1]);
  });

  test("a model that makes text reads a longer text", () => {
    const document = documentWith({ prompt: { type: "string" } }, { Output: { type: "string" } });
    expect(problems(document, { prompt: "x".repeat(15_000) })).toEqual([]);
  });

  test("an emoji counts as one character", () => {
    expect(problems(sdxl, { prompt: "\u{1f98a}".repeat(10_000) })).toEqual([]);
    expect(problems(sdxl, { prompt: "\u{1f98a}".repeat(10_001) })).toMatchObject([
      { field: "input.prompt", description: "prompt must be at most 10000 characters", type: "too_big" },
    ]);
  });

  test("twenty images are the maximum, even where the schema allows more", () => {
    const open = documentWith({ num_outputs: { type: "integer" }, batch_size: { type: "integer", maximum: 500 } });
    expect(problems(open, { num_outputs: 20, batch_size: 20 })).toEqual([]);
    for (const count of [21, 1000]) {
      expect(problems(open, { num_outputs: count })).toMatchObject([{ description: "num_outputs must be at most 20" }]);
      expect(problems(open, { batch_size: count })).toMatchObject([{ description: "batch_size must be at most 20" }]);
    }
    expect(problems(sdxl, { prompt, num_outputs: 5 })).toMatchObject([
      { description: "num_outputs must be at most 4" },
    ]);
  });

  test("a thousand steps are the maximum where the schema has none", () => {
    const open = documentWith({ num_inference_steps: { type: "integer" }, steps: { type: "integer", maximum: 4000 } });
    expect(problems(open, { num_inference_steps: 1000, steps: 4000 })).toEqual([]);
    expect(problems(open, { num_inference_steps: 1_000_000 })).toMatchObject([
      { description: "num_inference_steps must be at most 1000" },
    ]);
  });

  const noPrompt = [{ field: "input.prompt", description: "Describe the image first.", type: "required" }];

  test.each(["", " ", "\n\t", "\u200b", "\u200d \u2060\ufeff", "\u3164", "\u2800", "\ufe0f", "\u0007"])(
    "the prompt %j is blank",
    (blank) => expect(problems(sdxl, { prompt: blank })).toEqual(noPrompt),
  );

  test("a missing prompt is reported, unless there is an image", () => {
    expect(problems(sdxl, {})).toEqual(noPrompt);
    expect(problems(sdxl, { image: IMAGE })).toEqual([]);
    expect(problems(documentWith({ text: { type: "string" } }), {})).toEqual([]);
  });

  test.each([
    ["google/veo-3.1", "Describe the video first."],
    ["meta/musicgen", "Describe the sound first."],
    ["openai/gpt-5.2", "Enter a prompt first."],
  ])("the error for a blank prompt of %s says what the model makes", (name, description) => {
    expect(problems(documentOf(name), { prompt: " " })).toMatchObject([{ field: "input.prompt", description }]);
  });

  test.each(["\u{1f98a}", "\u05d0", "\u202eabc\u202c", ".", "\u0301"])("the prompt %j is not blank", (given) => {
    expect(problems(sdxl, { prompt: given })).toEqual([]);
  });

  test("an image is one of the user's own, by id or path", () => {
    expect(problems(sdxl, { image: IMAGE, mask: `/api/media/${IMAGE}` })).toEqual([]);
    expect(problems(sdxl, { prompt, image: "https://replicate.delivery/a.png" })).toMatchObject([
      { field: "input.image", description: "image must be one of your own files" },
    ]);
  });

  test("all problems are reported at once", () => {
    const wrong = { prompt: " ", num_outputs: 5, scheduler: "x", steps: 1 };
    expect(
      problems(sdxl, wrong)
        .map(({ field }) => field)
        .sort(),
    ).toEqual(["input", "input.num_outputs", "input.prompt", "input.scheduler"]);
    expect(() => checkInput(sdxl, wrong)).toThrow(/num_outputs must .*Describe the image first\./s);
  });
});
