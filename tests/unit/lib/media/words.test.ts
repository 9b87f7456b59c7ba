import { expect, test } from "vitest";
import { toPrefixQuery } from "@/lib/media/search-words";

test("each word may be the beginning of one, and none has a meaning to Postgres", () => {
  expect(toPrefixQuery(" red  fox ")).toBe("'red':* & 'fox':*");
  expect(toPrefixQuery("it's a\\b & !(c|d):*")).toBe("'it''s':* & 'a\\\\b':* & '&':* & '!(c|d):*':*");
});
