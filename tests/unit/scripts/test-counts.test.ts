import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readReport, addFailure } from "@/scripts/test-counts";

const dir = mkdtempSync(join(tmpdir(), "darkroom-counts-"));
afterAll(() => rmSync(dir, { recursive: true }));

function report(content: object) {
  const path = join(dir, "report.json");
  writeFileSync(path, JSON.stringify(content));
  return readReport(path);
}

test("vitest's report tells how many tests passed and failed", () => {
  const content = { numTotalTests: 9, numPassedTests: 7, numFailedTests: 2, success: false };
  expect(report(content)).toEqual({ passed: 7, failed: 2 });
});

test("in Playwright's report a flaky test is a failed one", () => {
  const content = { stats: { startTime: "", expected: 5, unexpected: 1, flaky: 2, skipped: 0 } };
  expect(report(content)).toEqual({ passed: 5, failed: 3 });
});

test("a step that breaks before its first test is one failure", () => {
  expect(addFailure(false, readReport(join(dir, "missing.json")))).toEqual({ passed: 0, failed: 1 });
});

test("a step that fails by its tests has exactly their failures", () => {
  expect(addFailure(false, { passed: 3, failed: 2 })).toEqual({ passed: 3, failed: 2 });
});
