import "server-only";
import pLimit, { type LimitFunction } from "p-limit";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type OpenArchive, processState } from "@/lib/process-globals";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { clientAddress } from "./client-address";

/**
 * How many requests for model data this process sends to Replicate for one user without a pause. After that, it sends at most
 * one each second. Replicate allows 50 requests a second for the whole installation.
 */
const MODEL_REQUESTS = 30;
/** The limit for all reads of one user together is this many times the limit for the reads of one prediction or list. */
const READS_IN_ALL = 5;
/**
 * How many uploads of one user are received at the same time. The number is small, because an upload needs more memory than
 * its own size until it is stored. A page sends only one upload at a time.
 */
const UPLOADS_AT_ONCE = 4;
/**
 * The largest number of open long polls of one user. Streams of output count too. A page keeps one long poll open. An API client
 * may keep one open for each of its predictions, usually at most 20.
 */
const MAX_OPEN_POLLS = 100;
/**
 * How many archives of one user are downloaded at the same time. Each takes up to 10 MB in memory. A download manager may use
 * several connections for one archive.
 */
const MAX_OPEN_ARCHIVES = 4;
/**
 * If a client has received nothing for this time (ms), its download may be ended in favor of another one: see
 * `registerArchive`.
 */
const STALLED_AFTER = 30_000;
/** How many reports of shared files one IP address may send in ten minutes. */
const REPORTS = 5;
/** The largest number of limits (such as the limit of one user's reads) that this process counts in memory. */
const MAX_NAMES = 10_000;

/**
 * Counts one use of the limit `name`, for all servers together. `limit` uses are allowed without a pause. After that, uses
 * become available again one by one, all of them within `seconds`. Returns 0 if this use is allowed. Otherwise returns the
 * seconds until the next use is available. Throws `db_unavailable`.
 */
export async function consumeRateLimit(name: string, limit: number, seconds: number): Promise<number> {
  const result = await adminClient().rpc("consume_rate_limit", { p_name: name, p_limit: limit, p_seconds: seconds });
  return Math.ceil(z.number().parse(unwrap(result)));
}

/**
 * Takes back one use that `consumeRateLimit` has counted. With a negative limit, the SQL function `consume_rate_limit` makes
 * the next use available earlier instead of later. If the database cannot be reached now, the use still counts.
 */
export async function returnRateLimit(name: string, limit: number, seconds: number): Promise<void> {
  await consumeRateLimit(name, -limit, seconds).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
}

/** Counts one report of a shared file for the client's IP address. Throws `rate_limited` or `db_unavailable`. */
export async function countReport(headers: Headers): Promise<void> {
  const wait = await consumeRateLimit(`report ${clientAddress(headers)}`, REPORTS, 10 * 60);
  if (wait > 0) throw tooMany("You have sent many reports. Wait a few minutes, then try again.", wait);
}

/** Counts one request to Replicate for model data, made for this user. Each process has its own count. Throws `rate_limited`. */
export function countModelRequest(userId: string): void {
  const wait = Math.ceil(consumeMemoryLimit(`${userId} models`, MODEL_REQUESTS, MODEL_REQUESTS));
  if (wait > 0) throw tooMany("Too many requests for models. Wait a moment, then try again.", wait);
}

/**
 * Counts one read by a user. `what` identifies what is read, such as the id of a prediction or the name of a list: each `what`
 * has its own limit. Each process has its own counts. Ten tabs that poll four times a second are within the limit, but a loop
 * without a pause is not. Throws `rate_limited`.
 */
export function countRead(userId: string, what: string): void {
  if (exceedsReadLimit(userId, what)) {
    throw tooMany("Too many requests. Send fewer requests, or add the header Prefer: wait=25.", 1);
  }
}

/**
 * Counts a read like `countRead`, but returns true if there are too many reads. It does not throw, because an error in a server
 * action becomes a 500.
 */
export function exceedsReadLimit(userId: string, what: string): boolean {
  const limit = env().READS_PER_SECOND_PER_USER;
  const wait = consumeMemoryLimit(userId, limit * READS_IN_ALL, 1) || consumeMemoryLimit(`${userId} ${what}`, limit, 1);
  return wait > 0;
}

const uploaders = new Map<string, { queue: LimitFunction; uploads: number }>();

/**
 * Waits until this process receives fewer than four uploads of the user, and then runs `receive`. Only `receive` may read the
 * body, so that waiting uploads need no memory.
 */
export async function withUploadSlot<Result>(userId: string, receive: () => Promise<Result>): Promise<Result> {
  const uploader = uploaders.get(userId) ?? { queue: pLimit(UPLOADS_AT_ONCE), uploads: 0 };
  uploaders.set(userId, uploader);
  uploader.uploads += 1;
  try {
    return await uploader.queue(receive);
  } finally {
    uploader.uploads -= 1;
    if (uploader.uploads === 0) uploaders.delete(userId);
  }
}

/**
 * Registers an open long poll or stream of a user in this process. `end` must end the poll or stream. Returns a function that
 * removes the registration. If the user has too many open polls and streams, ends the oldest one, because its client has most
 * likely disconnected.
 */
export function registerPoll(userId: string, end: () => void): () => void {
  const { openPolls } = processState;
  const polls = openPolls.get(userId) ?? new Set();
  openPolls.set(userId, polls.add(end));
  const [oldest] = polls;
  if (polls.size > MAX_OPEN_POLLS && oldest) {
    polls.delete(oldest);
    oldest();
  }
  return () => {
    polls.delete(end);
    if (polls.size === 0 && openPolls.get(userId) === polls) openPolls.delete(userId);
  };
}

/**
 * Registers an archive that a user downloads, in this process. Returns a function that removes the registration. If the user
 * downloads too many archives, ends the download whose client has received nothing for the longest time, because that client
 * has most likely disconnected. If every client has received something in the last 30 seconds, throws `rate_limited`. If this
 * function ended an active download instead, the connections of a download manager would end each other again and again.
 */
export function registerArchive(userId: string, archive: OpenArchive): () => void {
  const { openArchives } = processState;
  const archives = openArchives.get(userId) ?? new Set();
  if (archives.size >= MAX_OPEN_ARCHIVES) {
    const [stalled] = [...archives].toSorted((a, b) => a.idleSince - b.idleSince);
    if (!stalled || performance.now() - stalled.idleSince < STALLED_AFTER) {
      throw tooMany(
        "You are already downloading four archives. Wait until one of them is complete, then start this download.",
        10,
      );
    }
    archives.delete(stalled);
    stalled.end();
  }
  openArchives.set(userId, archives.add(archive));
  return () => {
    archives.delete(archive);
    if (archives.size === 0 && openArchives.get(userId) === archives) openArchives.delete(userId);
  };
}

/** Counts one use like `consumeRateLimit`, but only in this process. The returned seconds are not rounded. */
function consumeMemoryLimit(name: string, limit: number, seconds: number): number {
  const fullAt = processState.memoryLimits;
  const now = performance.now();
  const span = seconds * 1000;
  const next = Math.max(fullAt.get(name) ?? 0, now) + span / limit;
  // The 0.001 ms allow for rounding errors.
  if (next > now + span + 0.001) return (next - now - span) / 1000;
  fullAt.delete(name);
  fullAt.set(name, next);
  const oldest = fullAt.keys().next().value;
  if (fullAt.size > MAX_NAMES && oldest !== undefined) fullAt.delete(oldest);
  return 0;
}

/** `retryAfter` is in seconds. */
function tooMany(message: string, retryAfter: number): AppError {
  return new AppError("rate_limited", message, { retryAfter });
}
