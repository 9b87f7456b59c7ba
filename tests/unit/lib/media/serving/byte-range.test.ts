import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRange } from "@/lib/media/serving/byte-range";

test.each([
  ["bytes=0-", { start: 0, end: 99 }],
  ["bytes=0-0", { start: 0, end: 0 }],
  ["bytes=10-19", { start: 10, end: 19 }],
  ["bytes=90-500", { start: 90, end: 99 }],
  ["bytes=-10", { start: 90, end: 99 }],
  ["bytes=-500", { start: 0, end: 99 }],
  ["bytes=99-99999999999999999999999999", { start: 99, end: 99 }],
])("%s of 100 bytes", (header, range) => {
  expect(parseRange(header, 100)).toEqual(range);
});

test.each(["bytes=100-", "bytes=100-200", "bytes=-0"])("%s is not in a file of 100 bytes", (header) => {
  expect(parseRange(header, 100)).toBe("unsatisfiable");
});

test("no part is in an empty file", () => {
  expect([parseRange("bytes=0-", 0), parseRange("bytes=-1", 0)]).toEqual(["unsatisfiable", "unsatisfiable"]);
});

test.each([
  null,
  "",
  "bytes",
  "bytes=",
  "bytes=-",
  "bytes=a-b",
  "bytes=5-2",
  "bytes=0-1,4-5",
  "items=0-1",
  "bytes=+1-2",
])("%j asks for the whole file", (header) => {
  expect(parseRange(header, 100)).toBeNull();
});

test("any part lies within the file", () => {
  const number = fc.oneof(fc.constant(""), fc.nat({ max: 300 }).map(String));
  fc.assert(
    fc.property(number, number, fc.nat({ max: 200 }), (first, last, length) => {
      const range = parseRange(`bytes=${first}-${last}`, length);
      const { start, end } = typeof range === "object" && range ? range : { start: 0, end: 0 };
      expect([start >= 0, start <= end, end < Math.max(1, length)]).toEqual([true, true, true]);
    }),
  );
});
