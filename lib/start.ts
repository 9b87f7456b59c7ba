import "server-only";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { sweep } from "@/lib/predictions/sweep";

/** Between two sweeps (ms). */
const EVERY = 5_000;

/** Refuses to start on settings that are missing or unsafe; then finishes, again and again, what nobody else finishes. */
export function start() {
  log.info("started", { webhooks: env.webhookUrl !== null, sandbox: env.isSandbox });
  void sweepForever();
}

async function sweepForever(): Promise<never> {
  for (;;) {
    await sweep().catch((error: unknown) => log.error("sweep_failed", { error }));
    await new Promise((resolve) => setTimeout(resolve, EVERY).unref());
  }
}
