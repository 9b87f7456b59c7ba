import "server-only";
import { EventEmitter } from "node:events";
import { LRUCache } from "lru-cache";
import pLimit from "p-limit";
import { createCache } from "@/lib/cache";

/**
 * A user whose access token Supabase has accepted. `expiresAt`: when the token expires (ms since 1970). `hasFactor`: the account
 * asks for a second step at sign-in.
 */
export type VerifiedUser = { id: string; email: string; name: string; expiresAt: number; hasFactor?: boolean };
/**
 * The result of the renewal of an expired session. `body` is the response for Supabase's client. The result is used again for
 * `ttl` (ms).
 */
export type Renewal = { result: "renewed" | "ended" | "unavailable"; body: string; ttl: number };

/**
 * How long a verified token is trusted without a new check (ms). Each check takes 5 to 10 ms. A sign-out on another device takes
 * effect only after this time.
 */
const TOKEN_CACHE_MS = 5_000;
/** After a page has waited too long for a sign-in check, other pages do not wait for it during this time (ms). */
const SLOW_MS = 5_000;
const MAX_SESSIONS = 10_000;

/**
 * A running prediction. `latest` is newer progress that is not written yet. The other fields have the values that were last
 * written to the database, at `writtenAt` (ms).
 */
export type Running = {
  replicate_id: string | null;
  error: string | null;
  output?: unknown;
  links: string[];
  writtenAt: number;
  latest: {
    logs: string;
    progress: number | null;
    output: unknown;
    links: string[];
    write: () => Promise<unknown>;
  } | null;
  isWriting: boolean;
};

declare global {
  var darkroomState: ReturnType<typeof createState> | undefined;
}

function createState() {
  /** Status 401: Replicate rejects the token. Status 402: the account has no credit. */
  const provider: { outage: { status: 401 | 402; since: string } | null; loggedAt: number } = {
    outage: null,
    loggedAt: -Infinity,
  };
  /**
   * `isFull`: the last file was rejected because storage is full. `triedAt`: when that was tried (ms). `isLimitRefused`: the
   * project does not allow the size limit for files that we need.
   */
  const storage = { isFull: false, triedAt: -Infinity, isLimitRefused: false };
  return {
    provider,
    storage,
    /** Each change of a prediction emits two events: one named with its id, one named with its user's id. */
    events: new EventEmitter().setMaxListeners(0),
    /** Running predictions whose progress arrives by webhook. Each is kept for only ten seconds, because its logs may be long. */
    running: new LRUCache<string, Running>({ max: 500, ttl: 10_000 }),
    /**
     * The secrets of running predictions, by the prediction's id. They are only in memory, and serve only to remove them from what
     * Replicate sends. Each is kept for 40 minutes: Replicate ends every prediction after 30.
     */
    secrets: new LRUCache<string, string[]>({ max: 10_000, ttl: 40 * 60_000 }),
    /**
     * The rate limits that this process counts. For each name: when its whole limit is available again (ms). The least recently
     * used name is first.
     */
    memoryLimits: new Map<string, number>(),
    /** For each user: the functions that end the user's open long polls and streams, the oldest first. */
    openPolls: new Map<string, Set<() => void>>(),
    /** Limits how many predictions are saved at the same time. */
    savingPredictions: pLimit(8),
    /** Limits how many files are copied at the same time. During that time, a small file is in memory. */
    copyingFiles: pLimit(8),
    /** Limits how many large files are in memory at the same time. */
    readingLargeFiles: pLimit(1),
    /** The verified users. The key is the access token. */
    users: createCache<VerifiedUser | null>({
      ttl: (user) => (user ? Math.min(TOKEN_CACHE_MS, user.expiresAt - Date.now()) : 0),
      max: MAX_SESSIONS,
    }),
    /** The results of renewals. The key is the body of the request, which contains the refresh token. */
    renewals: createCache<Renewal>({ ttl: ({ ttl }) => ttl, max: MAX_SESSIONS }),
    /** The sign-in checks that did not finish before a page stopped waiting. */
    slowChecks: new LRUCache<string, true>({ ttl: SLOW_MS, max: MAX_SESSIONS }),
    /** When an e-mail could not be sent (ms since 1970). */
    mails: { failedAt: -Infinity },
    shutdown: new AbortController(),
  };
}

/**
 * State of the whole process. Next bundles routes and instrumentation separately, so one process may contain each module several
 * times.
 */
export const processState = (globalThis.darkroomState ??= createState());

/** Aborted when this process should stop. Long polls then respond at once, so that a deployment is quick. */
export const shutdownSignal = processState.shutdown.signal;
