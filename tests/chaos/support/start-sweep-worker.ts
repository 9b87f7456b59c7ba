import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { build } from "vite";
import { preloadEnv, root } from "./bench-app";
import type { FailPoint } from "./preload";
import { cleanEnv } from "../../support/services";

/** This folder is inside the project, so that the worker can import packages from node_modules. */
const folder = join(root, "node_modules/.cache/darkroom-worker");

/** Bundles `sweep-worker.ts` and the files of lib that it imports. All workers use this bundle. */
export async function buildWorker() {
  await build({
    configFile: false,
    root,
    logLevel: "error",
    resolve: { alias: { "@": root, "server-only": join(root, "tests/setup/server-only.ts") } },
    build: {
      ssr: join(root, "tests/chaos/support/sweep-worker.ts"),
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: "worker.mjs" } },
    },
  });
}

/**
 * Starts a process that sweeps without a pause, until it is killed or kills itself at the fail point. Its output is not
 * logged.
 */
export async function startWorker(
  { env, appUrl }: { env: Record<string, string>; appUrl: string },
  failPoint?: FailPoint,
) {
  const child = fork(join(folder, "worker.mjs"), {
    env: {
      ...process.env,
      ...cleanEnv({ ...env, APP_URL: appUrl, ...preloadEnv({ ...(failPoint && { failPoint }) }) }),
    },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const orphan = () => child.kill("SIGKILL");
  process.once("exit", orphan);
  const ended = once(child, "exit").then(() => process.off("exit", orphan));
  await Promise.race([once(child, "message"), ended]);
  return {
    pid: child.pid ?? 0,
    ended,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
