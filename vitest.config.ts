import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { isFull } from "./tests/support/form.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * The options of projects whose tests need a stack: the app, a local Supabase and a local Replicate. All test files of a
 * project share one stack, so they run one after another. They also run in the same process, so that each module is loaded
 * only once.
 */
const onStack = {
  globalSetup: "tests/integration/support/setup.ts",
  fileParallelism: false,
  maxWorkers: 1,
  isolate: false,
  testTimeout: isFull ? 180_000 : 60_000,
  hookTimeout: 120_000,
  // `expect.poll` waits for the work of another process. On a busy machine, the default of one second is too short. Each check
  // may send requests, so the checks are less frequent than by default.
  expect: { poll: { timeout: 15_000, interval: 100 } },
};

/**
 * The attacks run on Postgres. Only isolation.test.ts also runs on PGlite, together with the integration tests: it checks which
 * rows a user can read, and this depends on the database.
 */
const onPglite = process.env.SANDBOX_DATABASE_URL ? [] : ["tests/attack/isolation.test.ts"];
/** In a short run, the budgets for sizes are measured on the stack of the integration tests. */
const budgets = isFull ? [] : ["tests/budgets/first-load.test.ts"];
const integration = ["tests/integration/**/*.test.ts", ...onPglite, ...budgets];
const otherDatabase = process.env.SANDBOX_DATABASE_URL ? "**/*.pglite.test.ts" : "**/*.postgres.test.ts";

type UnitOptions = { groupOrder: number; environment?: "jsdom"; exclude?: string[]; setupFiles?: string[] };

/**
 * Describes a project of unit tests. The tests run in threads, which start in half the time of processes. The threads use all
 * cores (by default, vitest leaves one free). Test files share a thread, so that packages such as React, jsdom and sharp are
 * loaded only once. Files of different projects cannot share a thread, so the projects run one after another, in the order of
 * `groupOrder`.
 */
function unit(name: string, folder: string, { groupOrder, setupFiles = [], ...more }: UnitOptions) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`${folder}/**/*.test.{ts,tsx}`],
      pool: "threads" as const,
      sequence: { groupOrder },
      isolate: false,
      maxWorkers: "100%",
      setupFiles: ["tests/setup/strict-console.ts", ...setupFiles],
      ...more,
    },
  };
}
const freshModules = "tests/setup/fresh-modules.ts";

export default defineConfig({
  resolve: {
    alias: { "@": path("./"), "server-only": path("./tests/setup/server-only.ts") },
  },
  test: {
    // On a busy machine, a good test can take longer than the default of five seconds.
    testTimeout: 15_000,
    projects: [
      unit("unit", "tests/unit", {
        groupOrder: 1,
        exclude: ["tests/unit/components/**", "tests/unit/sandbox/**"],
        setupFiles: [freshModules],
      }),
      // The tests of the sandbox run before those of `lib`. The tests of `lib` load sharp with some image formats blocked. This
      // affects all threads of the process, and the sandbox needs these formats.
      unit("sandbox", "tests/unit/sandbox", { groupOrder: 0 }),
      unit("components", "tests/unit/components", {
        groupOrder: 2,
        environment: "jsdom",
        setupFiles: [freshModules, "tests/setup/components.ts"],
      }),
      { extends: true, test: { name: "integration", include: integration, exclude: [otherDatabase], ...onStack } },
      {
        extends: true,
        test: {
          name: "attack",
          include: ["tests/attack/**/*.test.ts"],
          ...onStack,
          globalSetup: "tests/attack/support/setup.ts",
        },
      },
      { extends: true, test: { name: "budgets", include: ["tests/budgets/**/*.test.ts"], ...onStack } },
      {
        extends: true,
        test: {
          name: "chaos",
          include: ["tests/chaos/**/*.test.ts"],
          ...onStack,
          globalSetup: "tests/chaos/support/setup.ts",
          // These tests mostly wait, so several run at the same time. With more tests at the same time, a busy machine could not
          // check a sign-in within five seconds. On PGlite, fewer tests run at the same time, because PGlite runs only one
          // statement at a time.
          maxConcurrency: process.env.SANDBOX_DATABASE_URL ? 6 : 3,
          testTimeout: 180_000,
        },
      },
    ],
  },
});
