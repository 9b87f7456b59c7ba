import { readdirSync } from "node:fs";
import { join } from "node:path";
import { unstable_doesMiddlewareMatch as doesProxyMatch } from "next/experimental/testing/server";
import { expect, test } from "vitest";
import { config } from "@/proxy";

const folder = join(import.meta.dirname, "../../public");
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/"));
const isMatched = (url: string) => doesProxyMatch({ config, nextConfig: {}, url });

test.each([...files, "/icon.svg", "/favicon.ico"])("%s is served without a session", (path) => {
  expect(isMatched(path)).toBe(false);
});

test.each(["/", "/login", "/dashboard/generate", "/logo.svg/x", "/logoxsvg", "/screenshots/other.webp"])(
  "%s is a page, which passes through the proxy",
  (path) => {
    expect(isMatched(path)).toBe(true);
  },
);

test.each([
  ["/api/v1/models", true],
  ["/api/v1/models?cursor=x", true],
  ["/api/v1/models/stability-ai/sdxl", false],
  ["/api/v1/predictions", false],
  ["/api/replicate", false],
])("of the API, only the search for models passes through the proxy: %s, %s", (path, expected) => {
  expect(isMatched(path)).toBe(expected);
});
