import { announceSteps } from "./announce-steps";
import type { JobStore } from "./store";
import { type Watch, pollNewest } from "./newest-polling";

/** What is done for a feed beside what is seen of it, until the signal says stop. */
export function startBackgroundUpdates(store: JobStore, watch: Omit<Watch, "owner">) {
  announceSteps(store, watch.signal);
  pollNewest({ ...watch, owner: store.owner });
}
