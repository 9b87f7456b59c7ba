import "server-only";
import { close } from "@/lib/closing";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { sweep } from "@/lib/predictions/sweep";

/** Between two sweeps (ms). */
const EVERY = 5_000;

/**
 * Ends the process on settings that are missing or unsafe: a server that answers every request with an error is harder
 * to understand. Then finishes, again and again, what nobody else finishes.
 */
export function start() {
  // Once nobody reads the log any more (EPIPE), Next would report each failed write with another one, for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  try {
    log.info("started", { webhooks: env.webhookUrl !== null, sandbox: env.isSandbox });
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  process.once("SIGTERM", close);
  void sweepForever();
}

async function sweepForever(): Promise<never> {
  for (;;) {
    await sweep().catch((error: unknown) => log.error("sweep_failed", { error }));
    await new Promise((resolve) => setTimeout(resolve, EVERY).unref());
  }
}
