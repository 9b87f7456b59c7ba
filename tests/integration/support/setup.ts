import { existsSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { createPgliteTemplate } from "../../support/data-folder";
import { startStack } from "../../support/stack";

declare module "vitest" {
  interface ProvidedContext {
    stack: { dir: string; env: Record<string, string>; appUrl: string; supabaseUrl: string; replicateUrl: string };
  }
}

/** Starts one stack for all test files. To use Postgres: `node scripts/postgres.ts npx vitest run --project integration`. */
export default async function setup(project: TestProject) {
  const isBuilt = existsSync(".next/BUILD_ID");
  if (!isBuilt) console.warn("Without a build only the database tests can pass: run `npm run build`.");
  const removeTemplate = process.env.SANDBOX_DATABASE_URL ? () => {} : await createPgliteTemplate();
  const { dir, env, appUrl, supabaseUrl, replicateUrl, stop } = await startStack({ next: isBuilt });
  project.provide("stack", { dir, env, appUrl, supabaseUrl, replicateUrl });
  return async () => {
    await stop();
    removeTemplate();
  };
}
