import "server-only";
import { EventEmitter } from "node:events";
import pLimit from "p-limit";

declare global {
  var darkroomState: ReturnType<typeof createState> | undefined;
}

function createState() {
  /** 401: Replicate rejects the token. 402: the account has no credit. */
  const provider: { outage: { status: 401 | 402; since: string } | null; loggedAt: number } = {
    outage: null,
    loggedAt: -Infinity,
  };
  return {
    provider,
    /** An event for each change of a prediction, named by its id and by its user's id. */
    events: new EventEmitter().setMaxListeners(0),
    /** When each name has its full limit again (ms). The least recently used is first. */
    memoryLimits: new Map<string, number>(),
    /** Functions that end each user's open long polls, the oldest first. */
    openPolls: new Map<string, Set<() => void>>(),
    /** Limits how many predictions are saved at the same time. */
    savingPredictions: pLimit(8),
    /** Limits how many files (≤ 25 MB each) are in memory at the same time. */
    copyingFiles: pLimit(8),
    shutdown: new AbortController(),
  };
}

/** State of the whole process. Next bundles routes and instrumentation separately, so each module may exist several times. */
export const processState = (globalThis.darkroomState ??= createState());

/** Aborted when this process should stop. Long polls then respond at once, so that a deployment is quick. */
export const shutdownSignal = processState.shutdown.signal;
