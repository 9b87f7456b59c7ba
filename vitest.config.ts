import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** One stack for all files, so the files take turns. */
const onStack = {
  globalSetup: "tests/integration/support/setup.ts",
  fileParallelism: false,
  maxWorkers: 1,
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

/** Who may see what is decided by the database, so these attacks run on both: the others on Postgres alone. */
const onPglite = process.env.SANDBOX_DATABASE_URL ? [] : ["tests/attack/isolation.test.ts"];
const integration = ["tests/integration/**/*.test.ts", ...onPglite];
const otherDatabase = process.env.SANDBOX_DATABASE_URL ? "**/*.pglite.test.ts" : "**/*.postgres.test.ts";

/** Threads start in half the time of processes. */
function unit(name: string, folder: string, more: TestProjectInlineConfiguration["test"]) {
  const include = [`${folder}/**/*.test.{ts,tsx}`];
  const setupFiles = ["tests/setup/strict-console.ts"];
  return { extends: true as const, test: { name, include, pool: "threads" as const, setupFiles, ...more } };
}

export default defineConfig({
  resolve: {
    alias: { "@": path("./"), "server-only": path("./tests/setup/server-only.ts") },
  },
  test: {
    // On a busy machine five seconds, the default, say nothing about a test.
    testTimeout: 15_000,
    projects: [
      unit("unit", "tests/unit", { exclude: ["tests/unit/components/**", "tests/unit/sandbox/**"] }),
      // In a thread that lib is not loaded in: lib forbids sharp the formats that the sandbox paints with.
      unit("sandbox", "tests/unit/sandbox", { isolate: false }),
      unit("components", "tests/unit/components", {
        environment: "jsdom",
        // A context for each file in one thread: jsdom and React are not loaded again and again.
        pool: "vmThreads",
        setupFiles: ["tests/setup/strict-console.ts", "tests/setup/components.ts"],
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
          // Most of what they do is wait; more at once would keep PGlite, which does one thing at a time, busy with waiting.
          maxConcurrency: 12,
          testTimeout: 120_000,
        },
      },
    ],
  },
});
