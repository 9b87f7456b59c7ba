import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  resolve: {
    alias: { "@": path("./"), "server-only": path("./tests/setup/server-only.ts") },
  },
  test: {
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
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: "tests/support/integration-setup.ts",
          // One stack, one database: the files take turns.
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
