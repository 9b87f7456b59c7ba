import "server-only";
import { log } from "@/lib/log";

/** 401: Replicate does not accept the token. 402: the account has no credit. */
type Trouble = { status: 401 | 402; since: string };

declare global {
  // Routes and instrumentation are bundled apart but run in one process: they meet here.
  var darkroomProviderTrouble: { now: Trouble | null; loggedAt: number } | undefined;
}

const state = (globalThis.darkroomProviderTrouble ??= { now: null, loggedAt: -Infinity });
/** While it lasts, it is logged this often (ms). */
const AGAIN_AFTER = 60_000;

/** Why nobody can make images here just now, until an operator does something; null when Replicate takes our requests. */
export function providerOutage(): Trouble | null {
  return state.now;
}

/**
 * Notes how Replicate answered, and logs `provider_trouble` as an error when it does not take this installation's
 * requests. Questions are answered without credit, so only a create that succeeds says that there is some again.
 */
export function recordResponse(status: number, isCreate: boolean): void {
  if (status === 401 || status === 402) {
    if (state.now?.status !== status) state.now = { status, since: new Date().toISOString() };
    else if (performance.now() - state.loggedAt < AGAIN_AFTER) return;
    state.loggedAt = performance.now();
    log.error("provider_trouble", { ...state.now });
  } else if (status >= 200 && status < 300 && (isCreate || state.now?.status === 401)) {
    state.now = null;
  }
}
