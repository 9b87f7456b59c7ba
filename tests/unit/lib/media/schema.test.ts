import { expect, test } from "vitest";
import { GalleryFilter } from "@/lib/media/schema";

test.each([
  ["words", "a red fox", "a red fox"],
  ["words with space around them", "  fox ", "fox"],
  ["what no prompt can hold", "a\0fox", "a fox"],
  ["half a character", "fox \ud83e", "fox \ufffd"],
  ["10 KB, of which 500 characters count", "x".repeat(10_240), "x".repeat(500)],
  ["nothing", "", undefined],
  ["nothing but space", " \t", undefined],
  ["a list", ["fox"], undefined],
])("the search for %s", (_what, typed, words) => {
  expect(GalleryFilter.parse({ q: typed }).q).toBe(words);
});
