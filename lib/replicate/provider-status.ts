import "server-only";
import { log } from "@/lib/log";
import { processState } from "@/lib/process-globals";

const state = processState.provider;
/** An outage that continues is logged again after this time (ms). */
const LOG_AGAIN_AFTER = 60_000;

/**
 * Returns the outage of Replicate that only an operator can end: the token is invalid, or the account has no credit. No images
 * can be generated until then. Returns null if there is none.
 */
export function providerOutage() {
  return state.outage;
}

/**
 * Records the status of a response from Replicate, and logs an outage. `isCreate`: the response to a create request. After a 402
 * (no credit), the outage is over only when a create request succeeds, because other requests also work without credit.
 */
export function recordResponse(status: number, isCreate: boolean): void {
  if (status === 401 || status === 402) {
    if (state.outage?.status !== status) state.outage = { status, since: new Date().toISOString() };
    else if (performance.now() - state.loggedAt < LOG_AGAIN_AFTER) return;
    state.loggedAt = performance.now();
    log.error("provider_outage", { ...state.outage });
  } else if (status >= 200 && status < 300 && (isCreate || state.outage?.status === 401)) {
    state.outage = null;
  }
}
