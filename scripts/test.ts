import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isBuilt } from "./build.ts";
import { readReport, settle, type Count } from "./counts.ts";
import { planted, PLANTED } from "./planted.ts";
import { root, run, script, tool } from "./tools.ts";

// node scripts/test.ts [check] [integration] [attack] [e2e] [budgets] [chaos]: runs these parts, or all of them, and prints what passed.
// The last line is `N passed, N failed`.

const asked = process.argv.slice(2);
const isFull = (part: string) => asked.includes(part);

type Step = { name: string; run: () => Promise<Count> };

const reports = mkdtempSync(join(tmpdir(), "darkroom-reports-"));

/** A command that is one test: it passes or it fails. Quiet until it fails. */
function single(name: string, command: string[], env: Record<string, string> = {}): Step {
  return {
    name,
    async run() {
      const { ok, output } = await run(command, { quiet: true, env });
      if (!ok) console.log(`\n── ${name}\n${output}`);
      return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  };
}

type Wrap = (command: string[]) => string[];

function vitest(name: string, projects: string[], wrap: Wrap = (command) => command, more: string[] = []): Step {
  const report = join(reports, `${name.replaceAll("/", "-")}.json`);
  const command = tool(
    "vitest",
    "run",
    ...projects.map((project) => `--project=${project}`),
    ...more,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  );
  return { name, run: async () => settle((await run(wrap(command))).ok, readReport(report)) };
}

const onPostgres: Wrap = (command) => script("scripts/postgres.ts", ...command);

const build: Step = {
  name: "build",
  async run() {
    if (isBuilt()) return { passed: 1, failed: 0 };
    const count = await single("build", tool("next", "build"), planted).run();
    if (count.failed === 0) writeFileSync(join(root, PLANTED), "");
    return count;
  },
};

const e2e: Step = {
  name: "e2e",
  async run() {
    const report = join(reports, "e2e.json");
    process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = report;
    return settle((await run(tool("playwright", "test", "--reporter=list,json"))).ok, readReport(report));
  },
};

// Steps in one row run at the same time; tests that measure have the machine to themselves. The types of the routes come first:
// the linter and the compiler read them.
const parts: Record<string, Step[][]> = {
  check: [
    [single("routes", tool("next", "typegen"))],
    [
      single("format", tool("prettier", "--check", ".")),
      single("lint", tool("oxlint")),
      // Not incremental: TypeScript 7 remembers the routes of the last time, and refuses new ones.
      single("types", tool("tsc", "--noEmit", "--incremental", "false")),
    ],
    [vitest("unit", ["unit", "components"])],
  ],
  integration: [
    [build],
    // Most of what they do is wait, each on its own stack.
    ["1/2", "2/2"].flatMap((half) => [
      vitest(`integration ${half}`, ["integration"], undefined, [`--shard=${half}`]),
      vitest(`integration on Postgres ${half}`, ["integration"], onPostgres, [`--shard=${half}`]),
    ]),
  ],
  attack: [[build], [vitest("attack", ["attack"])]],
  e2e: [[build], [e2e]],
  budgets: [[build], [vitest("budgets", ["budgets"], isFull("budgets") ? onPostgres : undefined)]],
  chaos: [
    [build],
    [vitest("chaos", ["chaos"])],
    [vitest("chaos on Postgres", ["chaos"], onPostgres, isFull("chaos") ? [] : ["scale"])],
  ],
};

// What measures takes its time when it is asked for by name.
if (isFull("budgets")) process.env.BUDGETS = "full";
if (isFull("chaos")) process.env.CHAOS = "full";
const unknown = asked.find((part) => !(part in parts));
if (unknown) throw new Error(`There is no part "${unknown}"; there are ${Object.keys(parts).join(", ")}.`);
const rows = (asked.length > 0 ? asked : Object.keys(parts)).flatMap((part) => parts[part] ?? []);

const results = new Map<string, Count & { seconds: number }>();
for (const row of rows) {
  // What needs the build comes after it.
  if (results.get("build")?.failed) break;
  await Promise.all(
    row.map(async ({ name, run }) => {
      if (results.has(name)) return;
      const start = Date.now();
      results.set(name, { ...(await run()), seconds: (Date.now() - start) / 1000 });
    }),
  );
}
rmSync(reports, { recursive: true });

console.log();
for (const [name, { passed, failed, seconds }] of results) {
  console.log(`${failed ? "✗" : "✓"} ${name.padEnd(28)} ${passed} passed, ${failed} failed   ${seconds.toFixed(1)} s`);
}
const total = (key: "passed" | "failed") => [...results.values()].reduce((sum, result) => sum + result[key], 0);
process.exitCode = total("failed") > 0 ? 1 : 0;
console.log(`\n${total("passed")} passed, ${total("failed")} failed`);
