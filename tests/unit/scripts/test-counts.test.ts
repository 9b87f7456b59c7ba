import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readReport, addFailure } from "@/scripts/test-counts";

const dir = mkdtempSync(join(tmpdir(), "darkroom-counts-"));
afterAll(() => rmSync(dir, { recursive: true }));

function report(content: object) {
  const path = join(dir, "report.json");
  writeFileSync(path, JSON.stringify(content));
  return readReport(path);
}

test("vitest's report tells how many tests passed, and which failed why", () => {
  const testResults = [
    {
      name: resolve("tests/unit/a.test.ts"),
      message: "",
      assertionResults: [
        { title: "one holds", status: "passed", failureMessages: [] },
        {
          title: "one breaks",
          status: "failed",
          failureMessages: ["AssertionError: expected 1 to be 2\n    at a.test.ts"],
        },
      ],
    },
    { name: resolve("tests/unit/b.test.ts"), message: "Cannot find module c", assertionResults: [] },
  ];
  expect(report({ numPassedTests: 7, numFailedTests: 1, testResults })).toEqual({
    passed: 7,
    failed: 1,
    failures: [
      "tests/unit/a.test.ts › one breaks: AssertionError: expected 1 to be 2",
      "tests/unit/b.test.ts › the file: Cannot find module c",
    ],
  });
});

test("in Playwright's report a flaky test is a failed one, and each is named with its width", () => {
  const result = (status: string, message?: string) => ({
    status,
    projectName: "phone",
    results: [{ error: message ? { message } : undefined }],
  });
  const failed = {
    title: "signs in",
    file: "a.spec.ts",
    tests: [result("unexpected", "\u001b[31mTimeout\u001b[39m\nlog")],
  };
  const flaky = { title: "signs out", file: "a.spec.ts", tests: [result("flaky", "Late")] };
  const good = { title: "reads", file: "a.spec.ts", tests: [result("expected")] };
  const suites = [{ specs: [failed, good], suites: [{ specs: [flaky] }] }];
  expect(report({ stats: { expected: 5, unexpected: 1, flaky: 1 }, suites })).toEqual({
    passed: 5,
    failed: 2,
    failures: ["a.spec.ts › signs in [phone]: Timeout", "a.spec.ts › signs out [phone]: Late"],
  });
});

test("a step that breaks before its first test is one failure", () => {
  expect(addFailure(false, readReport(join(dir, "missing.json")))).toEqual({ passed: 0, failed: 1, failures: [] });
});

test("a step that fails by its tests has exactly their failures", () => {
  const count = { passed: 3, failed: 2, failures: ["a", "b"] };
  expect(addFailure(false, count)).toEqual(count);
});
