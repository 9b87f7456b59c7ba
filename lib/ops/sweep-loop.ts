import "server-only";
import { sweepAccounts } from "@/lib/account/delete-account";
import { sendDueWebhooks, watchWebhookEvents } from "@/lib/api-v1/webhooks/deliver";
import { purgeDeleted } from "@/lib/media/delete";
import { log } from "@/lib/log";
import { sweep, sweepFiles } from "@/lib/predictions/sweep";

/** The pause between two rounds of a loop (ms). */
const PAUSE = 5_000;

/**
 * Until the process ends, repeats the sweeps of predictions and accounts, the removal of deleted files, and the sending of
 * webhooks.
 */
export function startSweepLoops() {
  // The loops are separate, so that slow storage delays only the loops that use storage.
  void repeat("sweep_failed", sweep);
  void repeat("sweep_failed", sweepFiles);
  void repeat("purge_failed", purgeDeleted);
  void repeat("account_sweep_failed", sweepAccounts);
  watchWebhookEvents();
  void repeat("webhooks_failed", sendDueWebhooks);
}

async function repeat(failure: string, work: () => Promise<unknown>): Promise<never> {
  for (;;) {
    await work().catch((error: unknown) => log.error(failure, { error }));
    await new Promise((resolve) => setTimeout(resolve, PAUSE).unref());
  }
}
