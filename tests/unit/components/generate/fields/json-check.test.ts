import { expect, test } from "vitest";
import { findProblem } from "@/components/generate/fields/rich-controls/json-check";

test.each([
  ["", "object"],
  [" ", "array"],
  ['{"a": 1}', "object"],
  ["[1]", "array"],
] as const)("%j is right for an %s", (text, json) => {
  expect(findProblem(text, json)).toBe("");
});

test.each([
  ["[1]", "object", 'This must be an object in braces, such as {"a": 1}.'],
  ["null", "object", 'This must be an object in braces, such as {"a": 1}.'],
  ['{"a": 1}', "array", "This must be a list in brackets, such as [1, 2]."],
] as const)("%j is not right for an %s", (text, json, problem) => {
  expect(findProblem(text, json)).toBe(problem);
});

test("what is wrong with the JSON is said", () => {
  expect(findProblem('{"a": }', "object")).toMatch(/^This is not valid JSON yet\. .*Unexpected token/);
});
