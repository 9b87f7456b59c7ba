import { expect, test } from "vitest";
import { formatDay, plural } from "@/components/ui/format";
import { pathWithQuery } from "@/components/ui/path-with-query";

test("a day and a count are written out", () => {
  expect([formatDay("2026-11-01"), formatDay("")]).toEqual(["1 Nov", ""]);
  expect([plural(1, "image"), plural(12, "image")]).toEqual(["1 image", "12 images"]);
});

test("an address contains only the values that are set", () => {
  expect(pathWithQuery("/dashboard/history", { status: undefined, model: "" })).toBe("/dashboard/history");
  expect(pathWithQuery("/dashboard/history", { status: "failed", model: "a/b", cursor: "c1" })).toBe(
    "/dashboard/history?status=failed&model=a%2Fb&cursor=c1",
  );
});

test("a value that was given twice, as in an address, is left out", () => {
  expect(pathWithQuery("/dashboard/gallery", { q: "fox", image: ["a", "b"] })).toBe("/dashboard/gallery?q=fox");
});
