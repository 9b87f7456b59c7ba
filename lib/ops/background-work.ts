import "server-only";
import { close } from "@/lib/shutdown";
import { env } from "@/lib/env";
import { purgeDeleted } from "@/lib/media/delete";
import { noteAddresses } from "@/lib/limits/client-address";
import { log } from "@/lib/log";
import { sweep, sweepFiles } from "@/lib/predictions/sweep";
import { probeWebhook } from "@/lib/ops/webhook-probe";

/** Between two rounds (ms). */
const EVERY = 5_000;

/**
 * Ends the process on settings that are missing or unsafe: a server that answers every request with an error is harder
 * to understand. Then finishes, again and again, what nobody else finishes, and removes what was deleted.
 */
export function start() {
  // Once nobody reads the log any more (EPIPE), Next would report each failed write with another one, for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  try {
    log.info("started", { webhooks: env().webhookUrl !== null, sandbox: env().isSandbox });
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  noteAddresses();
  process.once("SIGTERM", close);
  const { isProduction, webhookUrl } = env();
  if (isProduction && webhookUrl) void probeWebhook(webhookUrl);
  // Apart: storage that hangs must not hold up what storage has no part in.
  void forever("sweep_failed", sweep);
  void forever("sweep_failed", sweepFiles);
  void forever("purge_failed", purgeDeleted);
}

async function forever(failure: string, work: () => Promise<unknown>): Promise<never> {
  for (;;) {
    await work().catch((error: unknown) => log.error(failure, { error }));
    await new Promise((resolve) => setTimeout(resolve, EVERY).unref());
  }
}
