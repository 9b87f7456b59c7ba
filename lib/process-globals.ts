import "server-only";
import { EventEmitter } from "node:events";
import { LRUCache } from "lru-cache";
import pLimit from "p-limit";
import { createCache } from "@/lib/cache";

/** A user whose access token Supabase has accepted. `expiresAt`: when the token expires (ms since 1970). */
export type VerifiedUser = { id: string; email: string; expiresAt: number };
/** What became of a session that had expired. `body` is for Supabase's client. Used again for `ttl` (ms). */
export type Renewal = { result: "renewed" | "ended" | "unavailable"; body: string; ttl: number };

/**
 * For this time (ms), a verified token is trusted without a new check, because a check takes 5 to 10 ms. A sign-out on another
 * device takes effect only afterwards.
 */
const TOKEN_CACHE_MS = 5_000;
/** How long a sign-in check that is slow fails at once (ms). */
const SLOW_MS = 5_000;
const MAX_SESSIONS = 10_000;

/** A running prediction: fields as last written (at `writtenAt`, ms), and later progress that is not written yet. */
export type Running = {
  replicate_id: string | null;
  error: string | null;
  output?: unknown;
  writtenAt: number;
  latest: { logs: string; progress: number | null; output: unknown; write: () => Promise<unknown> } | null;
  isWriting: boolean;
};

declare global {
  var darkroomState: ReturnType<typeof createState> | undefined;
}

function createState() {
  /** 401: Replicate rejects the token. 402: the account has no credit. */
  const provider: { outage: { status: 401 | 402; since: string } | null; loggedAt: number } = {
    outage: null,
    loggedAt: -Infinity,
  };
  /**
   * Whether the last file was rejected because storage is full, and when that was tried (ms). Whether the project has refused a
   * higher limit for files.
   */
  const storage = { isFull: false, triedAt: -Infinity, isLimitRefused: false };
  return {
    provider,
    storage,
    /** An event for each change of a prediction, named by its id and by its user's id. */
    events: new EventEmitter().setMaxListeners(0),
    /** Running predictions whose progress arrives by webhook. Their logs may be long, so they are not kept for long (ms). */
    running: new LRUCache<string, Running>({ max: 500, ttl: 10_000 }),
    /** When each name has its full limit again (ms). The least recently used is first. */
    memoryLimits: new Map<string, number>(),
    /** Functions that end each user's open long polls, the oldest first. */
    openPolls: new Map<string, Set<() => void>>(),
    /** Limits how many predictions are saved at the same time. */
    savingPredictions: pLimit(8),
    /** Limits how many files are copied at the same time. Small ones are in memory. */
    copyingFiles: pLimit(8),
    /** Limits how many large files are in memory at the same time. */
    readingLargeFiles: pLimit(1),
    /** The users of access tokens. */
    users: createCache<VerifiedUser | null>({
      ttl: (user) => (user ? Math.min(TOKEN_CACHE_MS, user.expiresAt - Date.now()) : 0),
      max: MAX_SESSIONS,
    }),
    /** Renewed sessions, by refresh token. */
    renewals: createCache<Renewal>({ ttl: ({ ttl }) => ttl, max: MAX_SESSIONS }),
    /** The sign-in checks for which a page has waited in vain. */
    slowChecks: new LRUCache<string, true>({ ttl: SLOW_MS, max: MAX_SESSIONS }),
    shutdown: new AbortController(),
  };
}

/** State of the whole process. Next bundles routes and instrumentation separately, so each module may exist several times. */
export const processState = (globalThis.darkroomState ??= createState());

/** Aborted when this process should stop. Long polls then respond at once, so that a deployment is quick. */
export const shutdownSignal = processState.shutdown.signal;
