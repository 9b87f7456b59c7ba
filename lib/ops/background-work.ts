import "server-only";
import { env } from "@/lib/env";
import { purgeDeleted } from "@/lib/media/delete";
import { appendConnectionAddresses } from "@/lib/limits/client-address";
import { log } from "@/lib/log";
import { processState } from "@/lib/process-globals";
import { sweep, sweepFiles } from "@/lib/predictions/sweep";
import { probeWebhook } from "@/lib/ops/webhook-probe";

/** The pause between two rounds (ms). */
const PAUSE = 5_000;

/**
 * Runs once when the server starts. Ends the process if settings are missing or unsafe. Otherwise runs the sweep of predictions
 * and the purge of deleted files again and again, until the process ends.
 */
export function startBackgroundWork() {
  // Ignores errors such as EPIPE: Next would log each failed write, which fails again, without end.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  try {
    log.info("started", { webhooks: env().webhookUrl !== null, sandbox: env().isSandbox });
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  appendConnectionAddresses();
  process.once("SIGTERM", () => processState.shutdown.abort());
  const { isProduction, webhookUrl } = env();
  if (isProduction && webhookUrl) void probeWebhook(webhookUrl);
  // Separate loops, so that slow storage does not delay work without storage.
  void repeat("sweep_failed", sweep);
  void repeat("sweep_failed", sweepFiles);
  void repeat("purge_failed", purgeDeleted);
}

async function repeat(failure: string, work: () => Promise<unknown>): Promise<never> {
  for (;;) {
    await work().catch((error: unknown) => log.error(failure, { error }));
    await new Promise((resolve) => setTimeout(resolve, PAUSE).unref());
  }
}
