import { fileURLToPath } from "node:url";
import type { FailPoint } from "./preload";
import type { Process } from "../../support/process";
import { startNext, type Env } from "../../support/services";
import { freePort } from "../../support/stack";

type Options = {
  /** Where it kills itself, `name` or `name:n`; see `preload.ts`. */
  failPoint?: FailPoint | `${FailPoint}:${number}`;
  /** ms that its clock is ahead. */
  clockShift?: number;
};

const NO_LIMITS = {
  MAX_IN_FLIGHT_PER_USER: "5000",
  DAILY_IMAGES_PER_USER: "100000",
  CREATES_PER_MINUTE_PER_USER: "100000",
  READS_PER_SECOND_PER_USER: "100000",
};
const preload = new URL("preload.ts", import.meta.url).href;

/** An instance of the app for the bench: without limits, called back at its own address unless `env` says otherwise. */
export async function startBenchApp(
  stack: { env: Record<string, string> },
  env: Env = {},
  { failPoint, clockShift }: Options = {},
) {
  const port = await freePort();
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
    /** Stops its time; SIGCONT lets it go on. */
    signal: (signal: "SIGSTOP" | "SIGCONT" | "SIGTERM") => process.child.kill(signal),
    /** At the same address, without its fail point. */
    async restart() {
      await process.kill("SIGKILL");
      process = await start({});
    },
  };
}

/** The environment that lets a process load `preload.ts` and obey. */
export function preloadEnv({ failPoint, clockShift }: Options): Env {
  if (!failPoint && !clockShift) return {};
  return {
    NODE_OPTIONS: `--import=${preload}`,
    FAILPOINT: failPoint,
    CLOCK_SHIFT: clockShift === undefined ? undefined : String(clockShift),
  };
}

export const root = fileURLToPath(new URL("../../..", import.meta.url));
