import { startNext, type Env } from "./services";
import { findFreePort } from "../../sandbox/start/ports";

/** Starts another instance of the app with other settings. It uses the services of a stack that already runs. */
export async function startAnotherApp({ env }: { env: Record<string, string> }, more: Env) {
  const port = await findFreePort();
  const process = await startNext(["start"], port, { ...env, ...more, PORT: String(port) });
  const { pid = 0 } = process.child;
  return { env, pid, appUrl: `http://localhost:${port}`, stop: () => process.kill("SIGTERM") };
}
