import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** One stack for all files, so the files take turns. */
const onStack = {
  globalSetup: "tests/support/integration-setup.ts",
  fileParallelism: false,
  maxWorkers: 1,
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

/** Who may see what is the database's business: these attacks go to Postgres too. */
const onPostgres = process.env.SANDBOX_DATABASE_URL ? ["tests/attack/isolation.test.ts"] : [];
const integration = ["tests/integration/**/*.test.ts", ...onPostgres];

export default defineConfig({
  resolve: {
    alias: { "@": path("./"), "server-only": path("./tests/setup/server-only.ts") },
  },
  test: {
    // On a busy machine five seconds, the default, say nothing about a test.
    testTimeout: 15_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          exclude: ["tests/unit/components/**"],
          setupFiles: ["tests/setup/strict-console.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "components",
          include: ["tests/unit/components/**/*.test.{ts,tsx}"],
          environment: "jsdom",
          setupFiles: ["tests/setup/strict-console.ts", "tests/setup/components.ts"],
        },
      },
      { extends: true, test: { name: "integration", include: integration, ...onStack } },
      {
        extends: true,
        test: {
          name: "attack",
          include: ["tests/attack/**/*.test.ts"],
          ...onStack,
          globalSetup: "tests/support/attack-setup.ts",
        },
      },
      { extends: true, test: { name: "budgets", include: ["tests/budgets/**/*.test.ts"], ...onStack } },
      {
        extends: true,
        test: {
          name: "chaos",
          include: ["tests/chaos/**/*.test.ts"],
          ...onStack,
          globalSetup: "tests/support/chaos-setup.ts",
          // Most of what they do is wait; more at once would keep PGlite, which does one thing at a time, busy with waiting.
          maxConcurrency: 12,
          testTimeout: 120_000,
        },
      },
    ],
  },
});
