import { expect, test } from "vitest";
import { prefixQuery } from "@/lib/images/words";

test("each word may be the beginning of one, and none has a meaning to Postgres", () => {
  expect(prefixQuery(" red  fox ")).toBe("'red':* & 'fox':*");
  expect(prefixQuery("it's a\\b & !(c|d):*")).toBe("'it''s':* & 'a\\\\b':* & '&':* & '!(c|d):*':*");
});
