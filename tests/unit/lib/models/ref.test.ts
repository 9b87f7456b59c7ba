import { expect, test } from "vitest";
import { combineRef, parseModelRef, refersTo } from "@/lib/models/ref";

const VERSION = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc";

test.each([
  ["stability-ai/sdxl", { model: "stability-ai/sdxl", version: null }],
  [`stability-ai/sdxl:${VERSION}`, { model: "stability-ai/sdxl", version: VERSION }],
  ["meta/meta-llama-3.1-405b-instruct", { model: "meta/meta-llama-3.1-405b-instruct", version: null }],
  ["A/b_c", { model: "A/b_c", version: null }],
])("%s names a model", (text, ref) => {
  expect(parseModelRef(text)).toEqual(ref);
});

test.each([
  "",
  "sdxl",
  "/",
  "a/",
  "/b",
  "a/b/c",
  "../../account",
  "a/..",
  "a/.",
  "../b",
  "a/../b",
  "a\\b",
  "a/b?x#",
  "a/b#c",
  "a/b%2f..",
  "a/b c",
  " a/b",
  "a/b\n",
  "a/b:",
  "a/b:latest",
  `a/b:${VERSION.slice(1)}`,
  `a/b:${VERSION}0`,
  `:${VERSION}`,
  VERSION,
  "https://replicate.com/a/b",
  "ä/b",
  `${"a".repeat(101)}/b`,
  `a/${"b".repeat(101)}`,
])("%j is not a model", (text) => {
  expect(parseModelRef(text)).toBeNull();
});

test("a reference without a version refers to any version of its model", () => {
  const form = { model: "a/b", version: VERSION };
  expect(refersTo("a/b", form)).toBe(true);
  expect(refersTo(`a/b:${VERSION}`, form)).toBe(true);
  expect(refersTo(`a/b:${"0".repeat(64)}`, form)).toBe(false);
  expect(refersTo(`a/b:${VERSION}`, { model: "a/b", version: null })).toBe(false);
  expect(refersTo("a/c", { model: `a/b:${VERSION}`, version: VERSION })).toBe(false);
});

test.each<[string | undefined, string | undefined, string | undefined | null]>([
  [undefined, undefined, undefined],
  ["a/b", undefined, "a/b"],
  [undefined, VERSION, VERSION],
  [undefined, `a/b:${VERSION}`, `a/b:${VERSION}`],
  ["a/b", VERSION, `a/b:${VERSION}`],
  ["a/b", `A/b:${VERSION}`, `A/b:${VERSION}`],
  [`a/b:${VERSION}`, VERSION, `a/b:${VERSION}`],
  ["a/b", `a/c:${VERSION}`, null],
  [`a/b:${VERSION}`, VERSION.replace("7", "0"), null],
  ["a/b", "latest", null],
])("the model %j and the version %j are %j together", (model, version, ref) => {
  expect(combineRef(model, version)).toBe(ref);
});
