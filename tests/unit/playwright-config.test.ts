import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";

const journeys = join(import.meta.dirname, "../e2e");

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function readConfig(form: string) {
  vi.stubEnv("TEST_FORM", form);
  return (await import("@/playwright.config")).default;
}

test("every journey that the full form names exists", async () => {
  const { projects = [] } = await readConfig("full");
  const named = projects.flatMap(({ testMatch = [], testIgnore = [] }) => [testMatch, testIgnore].flat());
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((file) => globSync(String(file), { cwd: journeys }).length !== 1)).toEqual([]);
});

test("a journey has each tag that the short form names", async () => {
  const { grepInvert = [], projects = [] } = await readConfig("short");
  const tags = [grepInvert, ...projects.map(({ grep = [] }) => grep)].flat().map(({ source }) => source);
  const texts = globSync("*.spec.ts", { cwd: journeys }).map((file) => readFileSync(join(journeys, file), "utf8"));
  expect(tags).toEqual(["@full", "@layout"]);
  expect(tags.filter((tag) => !texts.some((text) => text.includes(`tag: "${tag}"`)))).toEqual([]);
});
