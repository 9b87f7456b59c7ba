import { expect, test } from "vitest";
import { getFields } from "@/lib/models/inputs/fields";
import { fileFields } from "@/lib/models/inputs/check-input";
import { documentWith } from "./documents";
import { problems } from "./problems";

const IMAGE = "0195f2a8-0000-7000-8000-000000000001";
const FILE = { type: "string", format: "uri" };
const lists: Record<string, [property: object, schemas?: Record<string, object>]> = {
  "a list of addresses": [{ type: "array", items: FILE }],
  "a list or nothing": [{ anyOf: [{ type: "array", items: FILE }, { type: "null" }] }],
  "a list of addresses or nothings": [{ type: "array", items: { anyOf: [FILE, { type: "null" }] } }],
  "a list of what is described apart": [
    { type: "array", items: { $ref: "#/components/schemas/Image" } },
    { Image: FILE },
  ],
};

for (const [name, [images, schemas]] of Object.entries(lists)) {
  const document = documentWith({ prompt: { type: "string" }, images }, { ...schemas });
  const found = (value: unknown) => problems(document, { prompt: "a fox", images: value });

  test(`${name} holds files`, () => {
    expect(fileFields(document)).toEqual(["images"]);
  });

  test(`${name} may contain the user's own images, and needs no prompt then`, () => {
    expect(found([])).toEqual([]);
    expect(found([IMAGE, `/api/media/${IMAGE}`, `/api/uploads/${IMAGE}`])).toEqual([]);
    expect(problems(document, { images: [IMAGE] })).toEqual([]);
    expect(problems(document, { images: [] })).toMatchObject([{ field: "input.prompt" }]);
  });

  test.each([
    "https://evil.example/a.png",
    "http://169.254.169.254/latest/meta-data",
    "data:image/png;base64,AAAA",
    `https://evil.example/api/media/${IMAGE}`,
    "/api/media/7",
    7,
    null,
    [IMAGE],
    { url: IMAGE },
  ])(`${name} may not contain %j`, (value) => {
    expect(found([IMAGE, value])).toMatchObject([{ field: "input.images.1" }]);
  });

  test.each(["https://evil.example/a.png", IMAGE, { 0: IMAGE }])(`${name} is not %j alone`, (value) => {
    expect(found(value)).toMatchObject([{ field: "input.images", description: "images must be a list" }]);
  });

  test(`${name} has a maximum length`, () => {
    expect(found(Array(20).fill(IMAGE))).toEqual([]);
    expect(found(Array(21).fill(IMAGE))).toMatchObject([{ description: "images must be at most 20 entries" }]);
  });
}

test("a model may allow fewer files than we do", () => {
  const document = documentWith({ images: { type: "array", items: FILE, maxItems: 2 } });
  expect(problems(document, { images: Array(2).fill(IMAGE) })).toEqual([]);
  expect(problems(document, { images: Array(3).fill(IMAGE) })).toHaveLength(1);
});

test("the form never allows more files than we do", () => {
  const document = documentWith({ images: { type: "array", items: FILE, maxItems: 50 } });
  expect(getFields(document)).toMatchObject([{ kind: "files", max: 20 }]);
});

test("other lists are not checked", () => {
  const document = documentWith({ words: { type: "array", items: { type: "string" } }, sizes: { type: "array" } });
  expect(fileFields(document)).toEqual([]);
  expect(problems(document, { words: ["https://example.com"], sizes: [1, "2"] })).toEqual([]);
});
