import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("a checkout on Windows has the line endings that the formatter asks for", () => {
  expect(readFileSync(".gitattributes", "utf8")).toContain("* text=auto eol=lf");
});
