import { expect, test } from "vitest";
import { safeRedirect } from "@/lib/security/safe-redirect";

test.each([
  ["/dashboard/gallery", "/dashboard/gallery"],
  ["/dashboard/gallery?q=fox&page=2#top", "/dashboard/gallery?q=fox&page=2#top"],
  ["dashboard", "/dashboard"],
  ["?q=1", "/?q=1"],
  ["/a/../dashboard", "/dashboard"],
  ["/@evil.example", "/@evil.example"],
])("a path of this site is returned: %j", (next, path) => {
  expect(safeRedirect(next, "/login")).toBe(path);
});

test.each([
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "\t//evil.example",
  "/\n/evil.example",
  " //evil.example",
  "https://evil.example",
  "https:evil.example",
  "//user@evil.example",
  "http://here.invalid@evil.example",
  "http://here.invalid:81/",
  "javascript:alert(1)",
  "data:text/html,hello",
  "/.//evil.example",
  "/a/..//evil.example",
  "/.\\/evil.example",
  "http://[",
  "",
])("an address that leads elsewhere is replaced: %j", (next) => {
  expect(safeRedirect(next, "/login")).toBe("/login");
});

test.each([undefined, null, 7, ["/dashboard"]])("a value that is not a string is replaced: %j", (next) => {
  expect(safeRedirect(next, "/login")).toBe("/login");
});
