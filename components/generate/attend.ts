import { announceSteps } from "./announce-steps";
import type { JobStore } from "./store";
import { type Watch, watchNewest } from "./watch-newest";

/** What is done for a feed beside what is seen of it, until the signal says stop. */
export function attend(store: JobStore, watch: Omit<Watch, "owner">) {
  announceSteps(store, watch.signal);
  watchNewest({ ...watch, owner: store.owner });
}
