import { expect, test } from "vitest";
import { limitJson } from "@/lib/replicate/limit-json";

const nested = (depth: number, innermost: unknown): unknown =>
  Array.from({ length: depth }).reduce((inner) => [inner], innermost);

test("JSON within the bounds is unchanged", () => {
  const json = { text: "a fox 🦊", list: [1, -0.5, true, null, [], {}], deep: { a: { b: { c: ["d"] } } } };
  expect(limitJson(json)).toEqual({ json, isCut: false });
});

test("the vectors of five hundred texts are unchanged", () => {
  const vectors = Array.from({ length: 500 }, (_, text) =>
    Array.from({ length: 1024 }, (_number, at) => text + at / 2048),
  );
  const bounded = limitJson(vectors);
  expect(bounded.isCut).toBe(false);
  expect(JSON.stringify(bounded.json)).toBe(JSON.stringify(vectors));
});

test("values deeper than 32 levels are null, and the result says so", () => {
  expect(limitJson(nested(32, "kept"))).toEqual({ json: nested(32, "kept"), isCut: false });
  expect(limitJson(nested(33, "lost"))).toEqual({ json: nested(33, null), isCut: true });
  expect(limitJson(nested(100_000, "lost")).isCut).toBe(true);
});

test("values after the first million are null, and the result says so", () => {
  const { json, isCut } = limitJson(Array.from({ length: 1_000_001 }, () => 1));
  expect(isCut).toBe(true);
  expect(json).toHaveLength(1_000_001);
  expect(JSON.stringify(json)).toMatch(/^\[1,.*,1,null,null\]$/);
});

test("what Postgres cannot store is removed", () => {
  const json = { a: "b\uFFFDc", c: [null, null] };
  expect(limitJson({ "a\0": "b\0\uD800c", c: [Infinity, NaN] })).toEqual({ json, isCut: false });
});
