import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../../app/fonts");
const sizeOf = (name: string) => statSync(join(folder, name)).size;

test("the fonts of an English page are at most 35 KB", () => {
  expect(sizeOf("geist-sans.woff2") + sizeOf("geist-mono.woff2")).toBeLessThanOrEqual(35_000);
});

test("the fonts are committed with their licence", () => {
  expect(readdirSync(folder)).toContain("LICENSE.txt");
  expect(readFileSync(join(folder, "LICENSE.txt"), "utf8")).toContain("SIL OPEN FONT LICENSE Version 1.1");
});
