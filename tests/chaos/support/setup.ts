import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startBenchApp } from "./bench-app";
import { watchDatabase } from "./checker";
import { startFaultProxy, type FaultProxy } from "./fault-proxy";
import { offerControl } from "./remote-control";
import { startStack } from "../../support/stack";

declare module "vitest" {
  interface ProvidedContext {
    bench: { dir: string; env: Record<string, string>; appUrl: string; control: string };
  }
}

/** The methods with which the test files control the proxy and the app. */
export type BenchControl = Pick<FaultProxy, "set" | "seen" | "down" | "up"> & {
  /** Pauses the process of the app. Its leases and connections remain. */
  freeze: () => Promise<unknown>;
  thaw: () => Promise<unknown>;
};

/**
 * Starts the services and one instance of the app that reaches Supabase through the fault proxy. To use Postgres:
 * `node scripts/postgres.ts npx vitest run --project chaos`.
 */
export default async function setup(project: TestProject) {
  const stack = await startStack({ next: false });
  await watchDatabase(stack);
  const proxy = await startFaultProxy(stack.supabaseUrl);
  // The app and the workers use this folder for temporary files, so that tests can list the files that are left.
  const env = { ...stack.env, TMPDIR: join(stack.dir, "tmp") };
  mkdirSync(env.TMPDIR);
  const app = await startBenchApp({ env }, { NEXT_PUBLIC_SUPABASE_URL: proxy.url });
  const { set, seen, down, up } = proxy;
  const methods: BenchControl = {
    set,
    seen,
    down,
    up,
    freeze: async () => app.signal("SIGSTOP"),
    thaw: async () => app.signal("SIGCONT"),
  };
  const control = await offerControl(methods);
  project.provide("bench", { dir: stack.dir, env, appUrl: app.appUrl, control: control.url });
  return async () => {
    const figures = join(stack.dir, "figures");
    if (existsSync(figures)) console.log(`\n${readFileSync(figures, "utf8")}`);
    control.close();
    await app.kill();
    proxy.close();
    await stack.stop();
  };
}
