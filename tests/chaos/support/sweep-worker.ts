import { setTimeout as sleep } from "node:timers/promises";
import { removeLeftovers } from "@/lib/media/temporary-files";
import { sweep, sweepFiles } from "@/lib/predictions/sweep";

// A process that only sweeps, as every server does. It starts in a fraction of a second, so that tests can kill it hundreds of
// times. `buildWorker` bundles it, and `startWorker` runs it.

// Ends this process if the tests end without killing it, for example because they were interrupted.
process.once("disconnect", () => process.exit());
await removeLeftovers();
process.send?.("ready");
for (;;) {
  // If the database is unavailable, the sweep is tried again in the next round.
  await Promise.all([sweep(), sweepFiles()]).catch(() => {});
  await sleep(20);
}
