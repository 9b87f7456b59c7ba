import { expect, test } from "vitest";
import { toPrefixQuery } from "@/lib/media/queries";

test("each word of a search may be the start of a word, and has no special meaning to Postgres", () => {
  expect(toPrefixQuery(" red  fox ")).toBe("'red':* & 'fox':*");
  expect(toPrefixQuery("it's a\\b & !(c|d):*")).toBe("'it''s':* & 'a\\\\b':* & '&':* & '!(c|d):*':*");
});
