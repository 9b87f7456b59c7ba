import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

export type Count = { passed: number; failed: number };

const Vitest = z
  .object({ numPassedTests: z.int(), numFailedTests: z.int() })
  .transform((report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }));
const Playwright = z
  .object({ stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }) })
  .transform(({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky }));
const Report = z.union([Vitest, Playwright]);

/** Counts the tests in a JSON report of vitest or Playwright. Without a report, both counts are 0. */
export function readReport(path: string): Count {
  const empty = { passed: 0, failed: 0 };
  return existsSync(path) ? Report.parse(JSON.parse(readFileSync(path, "utf8"))) : empty;
}

/** Counts one failure if a step has failed although none of its tests has: for example, because a file cannot be read. */
export function addFailure(ok: boolean, count: Count): Count {
  return ok || count.failed > 0 ? count : { ...count, failed: 1 };
}
