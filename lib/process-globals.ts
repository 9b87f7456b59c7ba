import "server-only";
import { EventEmitter } from "node:events";
import { LRUCache } from "lru-cache";
import pLimit from "p-limit";
import { clock, createCache } from "@/lib/cache";

/**
 * A user whose access token Supabase has accepted. `expiresAt`: when the token expires (ms since 1970). `hasFactor`: the
 * account has an authenticator app, so a sign-in also needs its code.
 */
export type VerifiedUser = { id: string; email: string; name: string; expiresAt: number; hasFactor?: boolean };
/** An API key that works, and its user. `expiresAt`: when the key expires (ms since 1970), or Infinity if it never expires. */
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
 * The last known state of a running prediction. `replicate_id`, `error`, `output` and `links` are the values that were last
 * written to the database, at `writtenAt` (ms). `latest` is newer progress that is not written yet. `isWriting`: progress is
 * being written now, or will be written soon.
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
 * An archive that a client downloads. `idleSince`: the time at which the download began to wait for its client (ms, as in
 * `performance.now()`), or Infinity while the next bytes are being read. `end` must end the download early.
 */
export type OpenArchive = { idleSince: number; end: () => void };

/**
 * The body of Replicate's response to a question about models, and the size of the body (bytes). Null: Replicate has found
 * nothing.
 */
export type LookedUp = { body: unknown; bytes: number } | null;
/** How long Replicate's responses about models are cached (ms), and the largest total size of all cached responses (bytes). */
const LOOK_UP_MS = 60_000;
const LOOK_UP_BYTES = 32 * 1024 * 1024;

declare global {
  var darkroomState: ReturnType<typeof createState> | undefined;
  /** Whether lib/media/renditions/decoder.ts has blocked image loaders. Unit tests reset only `darkroomState`. */
  var darkroomLoadersBlocked: boolean | undefined;
}

function createState() {
  /**
   * `outage` is set while Replicate responds with 401 (the token is invalid) or with 402 (the account has no credit).
   * `loggedAt`: when the outage was last logged (ms).
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
    /**
     * Each change of a prediction emits an event named with its id, an event named with its user's id and, if the prediction has
     * a webhook, the event `webhook`.
     */
    events: new EventEmitter().setMaxListeners(0),
    /**
     * Running predictions whose progress arrives by webhook. The keys are the ids of the rows. A prediction is used for only
     * ten seconds after its last write, and at most 500 are kept, because their logs may be long.
     */
    running: new LRUCache<string, Running>({ max: 500, ttl: 10_000 }),
    /**
     * The secrets of running predictions, which must be removed from what Replicate sends. The keys are the ids of the rows. The
     * secrets are kept only in memory, and for 40 minutes, because Replicate ends every prediction after 30. Without
     * `ttlAutopurge`, an expired secret would stay in memory until it is read.
     */
    secrets: new LRUCache<string, string[]>({ max: 10_000, ttl: 40 * 60_000, ttlAutopurge: true, ...clock }),
    /**
     * The rate limits that only this process counts. The keys are the names of the limits. The value is the time when the whole
     * limit is available again (ms). The least recently used name comes first.
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
    /** Limits how many files are copied at the same time, because a small file is in memory while it is copied. */
    copyingFiles: pLimit(8),
    /** Limits how many large files are in memory at the same time. */
    readingLargeFiles: pLimit(1),
    /** The verified users. The keys are their access tokens. */
    users: createCache<VerifiedUser | null>({
      ttl: (user) => (user ? Math.min(TOKEN_CACHE_MS, user.expiresAt - Date.now()) : 0),
      max: MAX_SESSIONS,
    }),
    /**
     * The API keys that were looked up. The keys of this cache are the hashes of the API keys. Null: the API key does not
     * work. Null is cached too, so that not every request with a revoked key needs a query.
     */
    keys: createCache<VerifiedKey | null>({
      ttl: (key) => Math.min(TOKEN_CACHE_MS, (key?.expiresAt ?? Infinity) - Date.now()),
      max: MAX_SESSIONS,
    }),
    /** The results of requests to renew a session. The keys are the bodies of these requests, which contain the refresh token. */
    renewals: createCache<Renewal>({ ttl: ({ ttl }) => ttl, max: MAX_SESSIONS }),
    /** The sign-in checks that took so long that a page stopped waiting for them. */
    slowChecks: new LRUCache<string, true>({ ttl: SLOW_MS, max: MAX_SESSIONS }),
    /** Replicate's responses to questions about models. The keys are the questions. All users get the same responses. */
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

/** Aborts when this process should stop. Long polls then respond immediately, so that a deployment is quick. */
export const shutdownSignal = processState.shutdown.signal;
