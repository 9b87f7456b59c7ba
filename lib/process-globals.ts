import "server-only";
import { EventEmitter } from "node:events";
import pLimit from "p-limit";

declare global {
  var darkroomState: ReturnType<typeof createState> | undefined;
}

function createState() {
  /** 401: Replicate refuses the token. 402: the account has no credit. */
  const provider: { outage: { status: 401 | 402; since: string } | null; loggedAt: number } = {
    outage: null,
    loggedAt: -Infinity,
  };
  return {
    provider,
    /** Changed predictions, by id and by user. */
    events: new EventEmitter().setMaxListeners(0),
    /** When each name has its full limit again (ms), the longest unused first. */
    memoryLimits: new Map<string, number>(),
    /** How to end each user's open long polls, the oldest first. */
    openPolls: new Map<string, Set<() => void>>(),
    /** Predictions whose output is saved at one time. */
    savingPredictions: pLimit(8),
    /** Files copied at one time: at most this many (≤ 25 MB each) are in memory. */
    copyingFiles: pLimit(8),
    shutdown: new AbortController(),
  };
}

/** What all of this process shares: Next bundles routes and instrumentation apart, so modules exist several times. */
export const processState = (globalThis.darkroomState ??= createState());

/** Aborted when this process is asked to end. Long polls answer at once then, so that a deployment is quick. */
export const shutdownSignal = processState.shutdown.signal;
