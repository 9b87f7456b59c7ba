import "server-only";
import { env } from "@/lib/env";
import { appendConnectionAddresses } from "@/lib/limits/client-address";
import { log } from "@/lib/log";
import { requireBucket } from "@/lib/media/storage";
import { removeLeftovers } from "@/lib/media/temporary-files";
import { processState } from "@/lib/process-globals";
import { checkAuthSettings } from "./check-auth-settings";
import { restoreContentLengths } from "./content-length";
import { startSweepLoops } from "./sweep-loop";
import { probeWebhook } from "./webhook-probe";

/** Runs once when the server starts, and starts the background work. Ends the process if settings are missing or unsafe. */
export function startServer() {
  // Ignores write errors of stdout and stderr, such as EPIPE. Otherwise Next would log the failed write, this write to the log
  // would fail too, and so on without end.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  try {
    log.info("started", { webhooks: env().webhookUrl !== null, sandbox: env().isSandbox });
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  appendConnectionAddresses();
  restoreContentLengths();
  process.once("SIGTERM", () => processState.shutdown.abort());
  void removeLeftovers().catch((error: unknown) => log.error("leftovers_not_removed", { error }));
  void requireBucket().catch((error: unknown) => log.error("bucket_unavailable", { error }));
  const { isProduction, webhookUrl } = env();
  if (isProduction && webhookUrl) void probeWebhook(webhookUrl);
  void checkAuthSettings();
  startSweepLoops();
}
