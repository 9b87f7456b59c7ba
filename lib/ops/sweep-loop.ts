import "server-only";
import { sweepAccounts } from "@/lib/account/delete-account";
import { purgeDeleted } from "@/lib/media/delete";
import { log } from "@/lib/log";
import { sweep, sweepFiles } from "@/lib/predictions/sweep";

/** The pause between two rounds (ms). */
const PAUSE = 5_000;

/** Repeats the sweeps of predictions and accounts and the purge of deleted files until the process ends. */
export function startSweepLoops() {
  // These loops are separate, so that slow storage does not delay the work that does not use it.
  void repeat("sweep_failed", sweep);
  void repeat("sweep_failed", sweepFiles);
  void repeat("purge_failed", purgeDeleted);
  void repeat("account_sweep_failed", sweepAccounts);
}

async function repeat(failure: string, work: () => Promise<unknown>): Promise<never> {
  for (;;) {
    await work().catch((error: unknown) => log.error(failure, { error }));
    await new Promise((resolve) => setTimeout(resolve, PAUSE).unref());
  }
}
