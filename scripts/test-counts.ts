import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { root } from "./run-command.ts";

/**
 * The result of a step: how many tests passed and failed, and for each failed test a line `file › title: first line of its
 * error`.
 */
export type Count = { passed: number; failed: number; failures: string[] };

const describeFailure = (file: string, title: string, error = "") =>
  `${file} › ${title}: ${stripVTControlCharacters(error).split("\n")[0] ?? ""}`;

const Vitest = z
  .object({
    numPassedTests: z.int(),
    numFailedTests: z.int(),
    testResults: z.array(
      z.object({
        name: z.string(),
        /** Why vitest could not run the file. Empty if it could. */
        message: z.string(),
        assertionResults: z.array(
          z.object({ title: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
        ),
      }),
    ),
  })
  .transform(({ numPassedTests, numFailedTests, testResults }) => ({
    passed: numPassedTests,
    failed: numFailedTests,
    failures: testResults.flatMap(({ name, message, assertionResults }) => {
      const file = relative(root, name);
      const failed = assertionResults.filter(({ status }) => status === "failed");
      return [
        ...(message ? [describeFailure(file, "the file", message)] : []),
        ...failed.map(({ title, failureMessages }) => describeFailure(file, title, failureMessages?.[0])),
      ];
    }),
  }));

type Suite = { specs: z.infer<typeof Spec>[]; suites?: Suite[] | undefined };
const Spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      projectName: z.string(),
      results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })),
    }),
  ),
});
const Suite: z.ZodType<Suite> = z.lazy(() => z.object({ specs: z.array(Spec), suites: z.array(Suite).optional() }));

const specsOf = ({ specs, suites = [] }: Suite): z.infer<typeof Spec>[] => [...specs, ...suites.flatMap(specsOf)];

// Converts a JSON report of Playwright to the counts of its tests. A flaky test (one that fails first and passes when it is
// repeated) counts as failed.
const Playwright = z
  .object({
    stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }),
    suites: z.array(Suite),
  })
  .transform(({ stats, suites }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    failures: suites
      .flatMap(specsOf)
      .flatMap(({ title, file, tests }) =>
        tests
          .filter(({ status }) => status === "unexpected" || status === "flaky")
          .map(({ projectName, results }) =>
            describeFailure(file, `${title} [${projectName}]`, results.find(({ error }) => error)?.error?.message),
          ),
      ),
  }));
const Report = z.union([Vitest, Playwright]);

/** Counts the tests in a JSON report of vitest or Playwright. If the report does not exist, the counts are 0. */
export function readReport(path: string): Count {
  const none = { passed: 0, failed: 0, failures: [] };
  return existsSync(path) ? Report.parse(JSON.parse(readFileSync(path, "utf8"))) : none;
}

/**
 * Counts one failure if a step has failed (`ok` is false) although none of its tests has failed: for example, because a file
 * cannot be read.
 */
export function addFailure(ok: boolean, count: Count): Count {
  return ok || count.failed > 0 ? count : { ...count, failed: 1 };
}
