import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isBuilt } from "./is-built.ts";
import { addFailure, readReport, type Count } from "./test-counts.ts";
import { planted, PLANTED } from "./planted-fake-secrets.ts";
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
    // The first build in a clone writes no cache, because a CI job makes no second build.
    const SKIP_BUILD_CACHE = existsSync(join(root, ".next/cache")) ? "" : "1";
    const env = { ...planted, SKIP_TYPE_CHECK: "1", SKIP_BUILD_CACHE };
    const count = await single("build", tool("next", "build"), env).run();
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

const format = single("format", tool("oxfmt", "--check"));
const lint = single("lint", tool("oxlint"));
// In incremental mode, TypeScript 7 uses the routes of its last run, and reports a new route as an error. So this check is not
// incremental. It uses one checker, because several would check many types more than once.
const types = single("types", tool("tsc", "--noEmit", "--incremental", "false", "--checkers", "1"));
const unit = vitest({ name: "unit", projects: ["unit", "sandbox", "components"] });

const integration = ["1/5", "2/5", "3/5", "4/5", "5/5"].map((part) =>
  vitest({ name: `integration ${part}`, projects: ["integration"], on: onPostgres, only: [`--shard=${part}`] }),
);
/** The database tests that also run on PGlite in a short run. `lineage` runs too, because it makes and saves images. */
const onPgliteToo = ["changed-schema", "functions", "restart", "row-level-security", "row-schemas", "storage.test"];
const pgliteShort = vitest({
  name: "integration on PGlite",
  projects: ["integration"],
  only: [...onPgliteToo.map((name) => `database/${name}`), "integration/lineage"],
});
const pgliteFull = ["1/2", "2/2"].map((half) =>
  vitest({ name: `integration on PGlite ${half}`, projects: ["integration"], only: [`--shard=${half}`] }),
);
const attack = ["1/2", "2/2"].map((half) =>
  vitest({ name: `attack ${half}`, projects: ["attack"], on: onPostgres, only: [`--shard=${half}`] }),
);
// A short run measures only sizes, because other processes would disturb measurements of time.
const budgets = vitest({ name: "budgets", projects: ["budgets"], on: onPostgres, only: isFull ? [] : ["first-load"] });
const chaosTests = isFull ? [] : ["random-kills", "two-instances"];
const chaos = vitest({ name: "chaos", projects: ["chaos"], on: onPostgres, only: chaosTests });
/**
 * The chaos tests that also run on PGlite. PGlite serves one developer on one machine, so tests with much load or with several
 * instances of the app run only on Postgres.
 */
const chaosOnPglite = vitest({
  name: "chaos on PGlite",
  projects: ["chaos"],
  only: ["concurrent", "creates", "database", "deploys", "endings", "full-disk", "kills", "chaos/webhooks"],
});

const results = new Map<string, Count & { seconds: number }>();
type Task = () => Promise<void>;
const started = new Map<Step, Promise<unknown>>();
const failed = (error: unknown): Count => ({ passed: 0, failed: 1, failures: [String(error)] });
/** Returns a task that runs a step or, if another task has started it, waits until it has ended. */
const once = (step: Step): Task => {
  const measure = async () => {
    const start = Date.now();
    results.set(step.name, { ...(await step.run().catch(failed)), seconds: (Date.now() - start) / 1000 });
  };
  return async () => void (await started.set(step, started.get(step) ?? measure()).get(step));
};
const series = (...tasks: Task[]): Task => {
  return async () => {
    for (const task of tasks) await task();
  };
};
const parallel = (...tasks: Task[]): Task => {
  return async () => void (await Promise.all(tasks.map((task) => task())));
};
/** Returns a task that runs the steps of a queue, one after another. If lanes share a queue, each step runs in only one lane. */
const lane = (queue: Iterable<Step>): Task => {
  return async () => {
    for (const step of queue) await once(step)();
  };
};
/** Returns a task that runs the steps in this number of lanes. */
const inLanes = (count: number, steps: Step[]): Task => {
  const queue = steps.values();
  return parallel(...Array.from({ length: count }, () => lane(queue)));
};
const inSeries = (...steps: Step[]): Task => series(...steps.map(once));
/** Returns a task that makes the build and then runs these tasks, if the build has not failed. */
const afterBuild = (...tasks: Task[]): Task =>
  series(once(build), async () => {
    if (!results.get("build")?.failed) await series(...tasks)();
  });

// The linter and the compiler read the types of the routes, so these are written first. After that, the build writes them again.
const routes = once(single("routes", tool("next", "typegen")));
/**
 * The steps that need a stack, except the journeys (`e2e`). The longest come first. Tests wait for about half of their time, so
 * five stacks keep two cores busy. With more stacks, the services would respond too late. During the journeys, only two lanes
 * run, because the journeys need as much processor time as three other steps.
 */
const queue = [...integration, ...attack.toReversed(), pgliteShort, chaos].values();
const checked = parallel(once(types), once(lint));
const onStacks = series(checked, afterBuild(lane(queue)));
const everything = series(
  routes,
  parallel(
    onStacks,
    series(checked, afterBuild(once(e2e)), parallel(onStacks, onStacks, onStacks)),
    series(inSeries(unit, format), onStacks),
  ),
);
const parts: Record<string, Task> = {
  check: series(routes, inLanes(3, [format, lint, types]), once(unit)),
  // In a full run, the tests are larger, so fewer of them run at the same time.
  integration: afterBuild(inLanes(isFull ? 3 : 4, [...integration, ...(isFull ? pgliteFull : [pgliteShort])])),
  attack: afterBuild(inLanes(2, attack)),
  e2e: afterBuild(once(e2e)),
  budgets: afterBuild(once(budgets)),
  chaos: afterBuild(inSeries(chaos, ...(isFull ? [chaosOnPglite] : []))),
};
parts.all = series(...Object.values(parts));

// The processes of the tests load the same modules again and again, so Node saves the compiled code of the modules.
process.env.NODE_COMPILE_CACHE ??= join(root, "node_modules/.cache/node-compile");

// A run of everything uses all cores. So Go programs (see `run`) use only one, where they need less processor time.
if (names.length === 0) process.env.GOMAXPROCS ??= "1";
// With this setting, the tests run in full: every journey at every width, longer measurements, and larger chaos tests.
if (isFull) process.env.TEST_FORM = "full";
const unknown = names.find((part) => !(part in parts));
if (unknown) throw new Error(`There is no part "${unknown}". Parts: ${Object.keys(parts).join(", ")}.`);
await (names.length > 0 ? series(...names.map((name) => parts[name] ?? routes)) : everything)();
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
