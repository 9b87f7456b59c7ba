import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * For tests that need a stack: the app, a local Supabase and a local Replicate. All test files share one stack, so they run one
 * after another.
 */
const onStack = {
  globalSetup: "tests/integration/support/setup.ts",
  fileParallelism: false,
  maxWorkers: 1,
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // `expect.poll` waits for something that another process does. On a busy machine, the default of one second is too short for
  // that.
  expect: { poll: { timeout: 15_000 } },
};

/**
 * The attacks run on Postgres. Only isolation.test.ts also runs on PGlite, with the integration tests, because the database
 * decides who can read a row.
 */
const onPglite = process.env.SANDBOX_DATABASE_URL ? [] : ["tests/attack/isolation.test.ts"];
const integration = ["tests/integration/**/*.test.ts", ...onPglite];
const otherDatabase = process.env.SANDBOX_DATABASE_URL ? "**/*.pglite.test.ts" : "**/*.postgres.test.ts";
/**
 * A short run on Postgres. It leaves out the tests of starting the sandbox: a short run tests this only on PGlite, which `npm run
 * dev` uses by default.
 */
const isShort = process.env.TEST_FORM !== "full" && process.env.SANDBOX_DATABASE_URL;
const excluded = [otherDatabase, ...(isShort ? ["**/sandbox-start.test.ts"] : [])];

/**
 * A project of unit tests. They run in threads, which start in half the time of processes. They use all cores: by default, vitest
 * leaves one free.
 */
function unit(name: string, folder: string, more: TestProjectInlineConfiguration["test"]) {
  const include = [`${folder}/**/*.test.{ts,tsx}`];
  const setupFiles = ["tests/setup/strict-console.ts"];
  return {
    extends: true as const,
    test: { name, include, pool: "threads" as const, maxWorkers: "100%", setupFiles, ...more },
  };
}

export default defineConfig({
  resolve: {
    alias: { "@": path("./"), "server-only": path("./tests/setup/server-only.ts") },
  },
  test: {
    // On a busy machine, a good test can take longer than the default of five seconds.
    testTimeout: 15_000,
    projects: [
      unit("unit", "tests/unit", { exclude: ["tests/unit/components/**", "tests/unit/sandbox/**"] }),
      // The tests of the sandbox are a project of their own, so that no test in their threads has loaded lib: lib blocks formats
      // in sharp that the sandbox needs.
      unit("sandbox", "tests/unit/sandbox", { isolate: false }),
      unit("components", "tests/unit/components", {
        environment: "jsdom",
        // Several test files share a thread, so that jsdom and React are not loaded again for each file.
        pool: "vmThreads",
        setupFiles: ["tests/setup/strict-console.ts", "tests/setup/components.ts"],
      }),
      { extends: true, test: { name: "integration", include: integration, exclude: excluded, ...onStack } },
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
          // These tests mostly wait, so many run at once. On PGlite fewer run at once, because it runs only one statement at a
          // time.
          maxConcurrency: process.env.SANDBOX_DATABASE_URL ? 12 : 6,
          testTimeout: 120_000,
        },
      },
    ],
  },
});
