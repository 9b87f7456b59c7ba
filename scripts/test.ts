import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isBuilt } from "./is-built.ts";
import { addFailure, readReport, type Count } from "./test-counts.ts";
import { planted, PLANTED } from "./planted-secrets.ts";
import { startPostgres } from "./postgres.ts";
import { root, run, tool } from "./run-command.ts";

// node scripts/test.ts [--short] [all | check | integration | attack | e2e | budgets | chaos] …
// Without a name: a short run of everything. With names: a full run of these parts, or a short one with `--short`.
// The last line is `N passed, N failed`.

const names = process.argv.slice(2).filter((argument) => argument !== "--short");
const isFull = names.length > 0 && !process.argv.includes("--short");
const reports = mkdtempSync(join(tmpdir(), "darkroom-reports-"));

type Env = Record<string, string | undefined>;
type Step = { name: string; run: () => Promise<Count> };

/** A step with one command, which counts as one test. Its output is printed only if it fails. */
function single(name: string, command: string[], env: Env = {}): Step {
  return {
    name,
    async run() {
      const { ok, output } = await run(command, { quiet: true, env });
      if (!ok) console.log(`\n── ${name}\n${output}`);
      return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, failures: [] };
    },
  };
}

let postgres: ReturnType<typeof startPostgres> | undefined;

/** One Postgres for the whole run. Each stack (app, local Supabase and local Replicate) creates its own database in it. */
async function onPostgres(): Promise<Env> {
  postgres ??= startPostgres();
  return { SANDBOX_DATABASE_URL: (await postgres).url };
}

/** Selects PGlite, even if SANDBOX_DATABASE_URL is set in the shell. */
const onPglite = async (): Promise<Env> => ({ SANDBOX_DATABASE_URL: undefined });

type Vitest = { name: string; projects: string[]; on?: () => Promise<Env>; only?: string[] };

function vitest({ name, projects, on = onPglite, only = [] }: Vitest): Step {
  const report = join(reports, `${name.replaceAll("/", "-")}.json`);
  const selected = projects.map((project) => `--project=${project}`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const command = tool("vitest", "run", ...selected, ...only, ...reporters);
  return { name, run: async () => addFailure((await run(command, { env: await on() })).ok, readReport(report)) };
}

const build: Step = {
  name: "build",
  async run() {
    if (isBuilt()) return { passed: 1, failed: 0, failures: [] };
    const count = await single("build", tool("next", "build"), { ...planted, SKIP_TYPE_CHECK: "1" }).run();
    if (count.failed === 0) writeFileSync(join(root, PLANTED), "");
    return count;
  },
};

const e2e: Step = {
  name: "e2e",
  async run() {
    const report = join(reports, "e2e.json");
    const env = { ...(await onPostgres()), PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    return addFailure((await run(tool("playwright", "test", "--reporter=list,json"), { env })).ok, readReport(report));
  },
};

const format = single("format", tool("prettier", "--check", "."));
const lint = single("lint", tool("oxlint"));
// An incremental TypeScript 7 remembers the routes of its last run, and reports a new route as an error. So this check is not
// incremental.
const types = single("types", tool("tsc", "--noEmit", "--incremental", "false"));
const unit = vitest({ name: "unit", projects: ["unit", "sandbox", "components"] });

// Integration tests mostly wait. So they are split into three parts that run in parallel, each with its own stack. With more
// parts, two cores would be too slow, and the services would answer too late.
const integration = ["1/3", "2/3", "3/3"].map((part) =>
  vitest({ name: `integration ${part}`, projects: ["integration"], on: onPostgres, only: [`--shard=${part}`] }),
);
/**
 * In a short run, only these tests also run on PGlite: of the schema, of starting and stopping, of one prediction, and of access.
 */
const onPgliteToo = ["changed-schema", "functions", "restart", "row-level-security", "row-schemas", "storage.test"];
const pgliteShort = vitest({
  name: "integration on PGlite",
  projects: ["integration"],
  only: [
    ...onPgliteToo.map((name) => `integration/database/${name}`),
    "tests/integration/sandbox-start",
    "integration/lineage",
    "tests/attack/isolation",
  ],
});
const pgliteFull = ["1/2", "2/2"].map((half) =>
  vitest({ name: `integration on PGlite ${half}`, projects: ["integration"], only: [`--shard=${half}`] }),
);
/**
 * One half of the attacks. Some attacks mostly wait, because they measure how long an answer takes. So both halves run in
 * parallel.
 */
const attack = (half: "1/2" | "2/2") =>
  vitest({ name: `attack ${half}`, projects: ["attack"], on: onPostgres, only: [`--shard=${half}`] });
const budgets = vitest({
  name: "budgets",
  projects: ["budgets"],
  on: onPostgres,
  only: isFull ? [] : ["first-load"],
});
const chaos = vitest({
  name: "chaos",
  projects: ["chaos"],
  on: onPostgres,
  only: isFull ? [] : ["random-kills", "two-instances"],
});
/**
 * PGlite serves one developer on one machine. So tests with much load or with several instances of the app run only on Postgres.
 */
const chaosOnPglite = vitest({
  name: "chaos on PGlite",
  projects: ["chaos"],
  only: ["concurrent", "creates", "database", "deploys", "endings", "full-disk", "kills", "chaos/webhooks"],
});

/** The items of a row run in parallel. If an item has several steps, they run one after another. */
type Row = (Step | Step[])[];

// The first row writes the types of the routes, because the linter and the compiler read them. The budgets run alone in the last
// row, because other processes would disturb their measurements.
const routes: Row = [single("routes", tool("next", "typegen"))];
const everything: Row[] = [
  routes,
  // The build writes the types of the routes again, so it starts after the compiler has read them.
  [[format, unit], lint, [types, build]],
  // At most four steps run at the same time, each with its own stack.
  [...integration, [pgliteShort, attack("2/2")]],
  [[attack("1/2"), chaos], e2e],
  [budgets],
];
const parts: Record<string, Row[]> = {
  check: [routes, [format, lint, types], [unit]],
  integration: isFull ? [[build], integration, pgliteFull] : [[build], [...integration, pgliteShort]],
  attack: [[build], [attack("1/2"), attack("2/2")]],
  e2e: [[build], [e2e]],
  budgets: [[build], [budgets]],
  chaos: [[build], [chaos], ...(isFull ? [[chaosOnPglite]] : [])],
};
parts.all = Object.values(parts).flat();

// The processes of the tests load the same modules again and again, so Node saves the compiled code of the modules.
process.env.NODE_COMPILE_CACHE ??= join(root, "node_modules/.cache/node-compile");

// With this setting, the tests run in full: every journey at every width, longer measurements, and larger chaos tests.
if (isFull) process.env.TEST_FORM = "full";
const unknown = names.find((part) => !(part in parts));
if (unknown) throw new Error(`There is no part "${unknown}". Parts: ${Object.keys(parts).join(", ")}.`);
const rows = names.length > 0 ? names.flatMap((part) => parts[part] ?? []) : everything;

const results = new Map<string, Count & { seconds: number }>();
for (const row of rows) {
  // If the build has failed, the run ends, because all rows that come later need the build.
  if (results.get("build")?.failed) break;
  await Promise.all(
    row.map(async (item) => {
      for (const { name, run } of [item].flat()) {
        if (results.has(name)) continue;
        const start = Date.now();
        results.set(name, { ...(await run()), seconds: (Date.now() - start) / 1000 });
      }
    }),
  );
}
await postgres?.then((server) => server.stop());
rmSync(reports, { recursive: true });

console.log();
for (const [name, { passed, failed, failures, seconds }] of results) {
  console.log(`${failed ? "✗" : "✓"} ${name.padEnd(28)} ${passed} passed, ${failed} failed   ${seconds.toFixed(1)} s`);
  for (const failure of failures) console.log(`    ${failure}`);
}
const total = (key: "passed" | "failed") => [...results.values()].reduce((sum, result) => sum + result[key], 0);
process.exitCode = total("failed") > 0 ? 1 : 0;
console.log(`\n${total("passed")} passed, ${total("failed")} failed`);
