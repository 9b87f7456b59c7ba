import "server-only";
import { log } from "@/lib/log";
import { processState } from "@/lib/process-globals";

const state = processState.provider;
/** An outage that continues is logged at most once in this time (ms). */
const LOG_AGAIN_AFTER = 60_000;

/**
 * Returns the outage of Replicate that only an operator can end: the token is invalid, or the account has no credit. During
 * such an outage, no prediction can be started. Returns null if there is no such outage.
 */
export function providerOutage() {
  return state.outage;
}

/**
 * Records the status of a response from Replicate, and logs an outage. `isCreate`: this is the response to a create request. Only
 * a create request that succeeds shows that there is credit again after a 402, because other requests succeed without credit.
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
