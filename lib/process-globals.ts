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
 * An API key that works, and its user. `expiresAt`: when it expires (ms since 1970); infinite if it does not.
 */
export type VerifiedKey = {
  id: string;
  scopes: string[];
  expiresAt: number;
  user: { id: string; email: string; name: string };
};
/**
 * The result of an attempt to renew an expired session. `body` is the response that Supabase's client gets. Other requests with
 * the same refresh token get the same result for `ttl` (ms).
 */
export type Renewal = { result: "renewed" | "ended" | "unavailable"; body: string; ttl: number };

/**
 * How long a verified access token or API key is trusted without a new check (ms). Each check takes 5 to 10 ms. A sign-out on
 * another device, or the end of a key, takes effect only after this time.
 */
const TOKEN_CACHE_MS = 5_000;
/** After a page has stopped waiting for a sign-in check, other pages do not wait for the same check during this time (ms). */
const SLOW_MS = 5_000;
const MAX_SESSIONS = 10_000;

/**
 * The last known state of a running prediction. `replicate_id`, `error`, `output` and `links` are as last written to the
 * database, at `writtenAt` (ms). `latest` is newer progress that is not written yet. `isWriting`: progress is being written, or
 * will be soon.
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

/**
 * An archive that a client downloads. `idleSince`: the time since which the download has waited for its client to receive more
 * (ms, as `performance.now()`). Infinite while the next bytes are being read. `end` must end the download early.
 */
export type OpenArchive = { idleSince: number; end: () => void };

/** The body of a response of Replicate, and its size (bytes). Null if Replicate knows nothing by this name. */
export type LookedUp = { body: unknown; bytes: number } | null;
/** How long a response about models is used again (ms), and how large all of them together may be (bytes, as JSON). */
const LOOK_UP_MS = 60_000;
const LOOK_UP_BYTES = 32 * 1024 * 1024;

declare global {
  var darkroomState: ReturnType<typeof createState> | undefined;
}

function createState() {
  /**
   * `outage` is set while Replicate rejects the token (401), or while the account has no credit (402). `loggedAt`: when the
   * outage was last logged (ms).
   */
  const provider: { outage: { status: 401 | 402; since: string } | null; loggedAt: number } = {
    outage: null,
    loggedAt: -Infinity,
  };
  /**
   * `isFull`: the last file was rejected because storage is full. `triedAt`: when this file was sent (ms). `isLimitRefused`:
   * Supabase refused to raise the bucket's limit for the size of a file to `MAX_FILE_MB`.
   */
  const storage = { isFull: false, triedAt: -Infinity, isLimitRefused: false };
  return {
    provider,
    storage,
    /** Each change of a prediction emits two events: one named with its id, one named with its user's id. */
    events: new EventEmitter().setMaxListeners(0),
    /**
     * Running predictions whose progress arrives by webhook, by our id. Each is kept for only ten seconds, because its logs may
     * be long.
     */
    running: new LRUCache<string, Running>({ max: 500, ttl: 10_000 }),
    /**
     * The secrets of running predictions, by the prediction's id. With them, the secrets are removed from what Replicate sends.
     * They are kept only in memory, and for 40 minutes, because Replicate ends every prediction after 30.
     */
    secrets: new LRUCache<string, string[]>({ max: 10_000, ttl: 40 * 60_000 }),
    /**
     * The rate limits that only this process counts, by name. The value is the time when the whole limit is available again (ms).
     * The least recently used name comes first.
     */
    memoryLimits: new Map<string, number>(),
    /** For each user: the functions that end the user's open long polls and streams, the oldest first. */
    openPolls: new Map<string, Set<() => void>>(),
    /** For each user: the archives that are being downloaded. */
    openArchives: new Map<string, Set<OpenArchive>>(),
    /** The model (`owner/name`) of each version that was used or looked up. A version always belongs to the same model. */
    versions: new LRUCache<string, string>({ max: 5_000 }),
    /** Limits how many predictions are saved at the same time. */
    savingPredictions: pLimit(8),
    /** Limits how many files are copied at the same time. A small file is in memory while it is copied. */
    copyingFiles: pLimit(8),
    /** Limits how many large files are in memory at the same time. */
    readingLargeFiles: pLimit(1),
    /** The verified users, by access token. */
    users: createCache<VerifiedUser | null>({
      ttl: (user) => (user ? Math.min(TOKEN_CACHE_MS, user.expiresAt - Date.now()) : 0),
      max: MAX_SESSIONS,
    }),
    /**
     * The API keys that were looked up, by their hash or id. Null: the key does not work. Such results are kept too, so that a
     * program that repeats a request with a revoked key does not cause a query each time.
     */
    keys: createCache<VerifiedKey | null>({
      ttl: (key) => Math.min(TOKEN_CACHE_MS, (key?.expiresAt ?? Infinity) - Date.now()),
      max: MAX_SESSIONS,
    }),
    /** The results of renewals, by the body of the request, which contains the refresh token. */
    renewals: createCache<Renewal>({ ttl: ({ ttl }) => ttl, max: MAX_SESSIONS }),
    /** The sign-in checks that took so long that a page stopped waiting for them. */
    slowChecks: new LRUCache<string, true>({ ttl: SLOW_MS, max: MAX_SESSIONS }),
    /** The responses of Replicate about models, by what was asked for. They are the same for every user. */
    lookUps: createCache<LookedUp>({
      ttl: LOOK_UP_MS,
      max: 1000,
      size: { most: LOOK_UP_BYTES, of: (found) => found?.bytes ?? 1 },
    }),
    /** When the last e-mail could not be sent (ms since 1970). */
    mails: { failedAt: -Infinity },
    shutdown: new AbortController(),
  };
}

/**
 * The state of the whole process. It is on `globalThis`, because Next bundles routes and instrumentation separately: a variable
 * of a module would exist once for each bundle.
 */
export const processState = (globalThis.darkroomState ??= createState());

/** Aborts when this process should stop. Long polls then respond at once, so that a deployment is quick. */
export const shutdownSignal = processState.shutdown.signal;
