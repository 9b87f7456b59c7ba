import { setTimeout as sleep } from "node:timers/promises";
import { removeLeftovers } from "@/lib/media/temporary-files";
import { sweep, sweepFiles } from "@/lib/predictions/sweep";

// Only what a server does by itself: it starts in a fraction of a second, so that it can be killed some hundred times.
// `startWorker` bundles and runs it.

// The tests may end without killing it, for example when they are interrupted.
process.once("disconnect", () => process.exit());
await removeLeftovers();
process.send?.("ready");
for (;;) {
  // Without the database there is nothing to sweep.
  await Promise.all([sweep(), sweepFiles()]).catch(() => {});
  await sleep(20);
}
