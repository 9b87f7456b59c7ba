import { expect, test } from "vitest";
import { boundJson } from "@/lib/replicate/bound-json";

test("JSON within the bounds is unchanged", () => {
  const json = { text: "a fox 🦊", list: [1, -0.5, true, null, [], {}], deep: { a: { b: { c: ["d"] } } } };
  expect(boundJson(json)).toEqual(json);
});

test("values deeper than 32 levels are null", () => {
  const nested = (depth: number, innermost: unknown): unknown =>
    Array.from({ length: depth }).reduce((inner) => [inner], innermost);
  expect(boundJson(nested(32, "kept"))).toEqual(nested(32, "kept"));
  expect(boundJson(nested(33, "lost"))).toEqual(nested(33, null));
  expect(() => boundJson(nested(100_000, "lost"))).not.toThrow();
});

test("values after the first 20,000 are null", () => {
  const bounded = boundJson(Array.from({ length: 30_000 }, () => "x"));
  expect(bounded).toHaveLength(30_000);
  expect(JSON.stringify(bounded).match(/"x"/g)).toHaveLength(19_999);
});

test("what Postgres cannot store is removed", () => {
  expect(boundJson({ "a\0": "b\0\uD800c", c: [Infinity, NaN] })).toEqual({ a: "b\uFFFDc", c: [null, null] });
});
