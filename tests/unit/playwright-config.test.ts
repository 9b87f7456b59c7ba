import { globSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";

const root = join(import.meta.dirname, "../..");

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

test.each(["short", "full"])("every journey that is named in the %s form exists", async (form) => {
  vi.stubEnv("TEST_FORM", form);
  const { default: config } = await import("@/playwright.config");
  const named = config.projects?.flatMap(({ testMatch = [], testIgnore = [] }) => [testMatch, testIgnore].flat()) ?? [];
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((file) => globSync(String(file), { cwd: join(root, "tests/e2e") }).length !== 1)).toEqual([]);
});
