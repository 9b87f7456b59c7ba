import { fileURLToPath } from "node:url";
import type { FailPoint } from "./preload";
import type { Process } from "../../support/process";
import { startNext, type Env } from "../../support/services";
import { findFreePort } from "../../../sandbox/start/ports";

type Options = {
  /** The moment at which the process kills itself, as `name` or `name:n`: see `preload.ts`. */
  failPoint?: FailPoint | `${FailPoint}:${number}`;
  /** How far the clock of the process is ahead (ms). */
  clockShift?: number;
};

const NO_LIMITS = {
  MAX_IN_FLIGHT_PER_USER: "5000",
  DAILY_IMAGES_PER_USER: "100000",
  DAILY_USD_PER_USER: "100000",
  STORAGE_GB_PER_USER: "1000",
  CREATES_PER_MINUTE_PER_USER: "100000",
  READS_PER_SECOND_PER_USER: "100000",
};
const preload = new URL("preload.ts", import.meta.url).href;

/**
 * Starts an instance of the app with very high limits. Replicate sends webhooks to APP_URL in `env`, by default the URL of
 * this instance.
 */
export async function startBenchApp(
  stack: { env: Record<string, string> },
  env: Env = {},
  { failPoint, clockShift }: Options = {},
) {
  const port = await findFreePort();
  const appUrl = `http://localhost:${port}`;
  const start = (options: Options) =>
    startNext(["start"], port, {
      ...stack.env,
      APP_URL: appUrl,
      ...NO_LIMITS,
      ...env,
      ...preloadEnv(options),
    });
  let process: Process = await start({ ...(failPoint && { failPoint }), ...(clockShift && { clockShift }) });
  return {
    appUrl,
    env: stack.env,
    output: () => process.output(),
    ended: () => process.ended,
    kill: (signal: NodeJS.Signals = "SIGKILL") => process.kill(signal),
    /** SIGSTOP pauses the process, SIGCONT continues it. */
    signal: (signal: "SIGSTOP" | "SIGCONT" | "SIGTERM") => process.child.kill(signal),
    /** Kills the instance, and starts it again at the same URL, without `failPoint` and `clockShift`. */
    async restart() {
      await process.kill("SIGKILL");
      process = await start({});
    },
  };
}

/** The environment that makes a process load `preload.ts` with these options. */
export function preloadEnv({ failPoint, clockShift }: Options): Env {
  if (!failPoint && !clockShift) return {};
  return {
    NODE_OPTIONS: `--import=${preload}`,
    FAILPOINT: failPoint,
    CLOCK_SHIFT: clockShift === undefined ? undefined : String(clockShift),
  };
}

export const root = fileURLToPath(new URL("../../..", import.meta.url));
