import { setTimeout as sleep } from "node:timers/promises";
import { sweep, sweepFiles } from "@/lib/predictions/sweep";

// The part of a server that finishes what is due, and nothing else: it starts in a fraction of a second, so that it can
// be killed some hundred times. `startWorker` bundles and runs it.

process.send?.("ready");
for (;;) {
  // While the database is away there is nothing to sweep.
  await Promise.all([sweep(), sweepFiles()]).catch(() => {});
  await sleep(20);
}
