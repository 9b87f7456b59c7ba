import "server-only";
import pLimit, { type LimitFunction } from "p-limit";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { processState } from "@/lib/process-globals";
import { adminClient } from "@/lib/supabase/admin";
import { unwrap } from "@/lib/supabase/result";
import { clientAddress } from "./client-address";

/** Replicate answers 50 requests a second for the whole installation. Each user may use one of them, with bursts of 30. */
const LOOK_UPS = 30;
/** A user who polls many predictions gets five times the limit of one prediction. */
const READS_IN_ALL = 5;
/** Each upload is in memory, more than once, until it is stored. The page sends one after the other. */
const UPLOADS_AT_ONCE = 4;
/** Of one user. A page holds one poll open. A script that waits for each of its predictions may hold twenty. */
const MAX_OPEN_POLLS = 100;
/** The most names that are counted in memory. */
const MAX_NAMES = 10_000;

/** Counts one sign-in, sign-up or e-mailed link of the client's address. Throws `rate_limited` or `db_unavailable`. */
export async function countLogin(headers: Headers): Promise<void> {
  const wait = await consumeRateLimit(`login ${clientAddress(headers)}`, env().LOGINS_PER_MINUTE_PER_ADDRESS, 60);
  if (wait > 0) throw tooMany("Too many attempts. Wait a minute, then try again.", wait);
}

/** Counts one request to Replicate about models that a user causes, in this process. Throws `rate_limited`. */
export function countLookUp(userId: string): void {
  const wait = Math.ceil(consumeMemoryLimit(`${userId} look-ups`, LOOK_UPS, LOOK_UPS));
  if (wait > 0) throw tooMany("Too many models at once. Wait a moment, then try again.", wait);
}

/**
 * Counts one read of `what` (a prediction, a list) by a user, in this process. Ten tabs that poll four times a second
 * pass, and a loop without a pause does not. Throws `rate_limited`.
 */
export function countRead(userId: string, what: string): void {
  if (exceedsReadLimit(userId, what)) {
    throw tooMany("Too many requests. Ask less often, or send Prefer: wait=25.", 1);
  }
}

/** Counts a read as `countRead` does and returns whether it is one too many. For server actions, where errors become 500. */
export function exceedsReadLimit(userId: string, what: string): boolean {
  const limit = env().READS_PER_SECOND_PER_USER;
  const wait = consumeMemoryLimit(userId, limit * READS_IN_ALL, 1) || consumeMemoryLimit(`${userId} ${what}`, limit, 1);
  return wait > 0;
}

const uploaders = new Map<string, { queue: LimitFunction; uploads: number }>();

/** Runs `receive` when the user has fewer than four uploads in this process. The body must not be read before that. */
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
 * Registers an open long poll of a user in this process. Returns a function that removes it again. One poll too many ends
 * the user's oldest: its client may be gone, while the newest one is still waited for.
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

/** Does for this process what `consumeRateLimit` does for all instances, but does not round the seconds. */
function consumeMemoryLimit(name: string, limit: number, seconds: number): number {
  const fullAt = processState.memoryLimits;
  const now = performance.now();
  const span = seconds * 1000;
  const next = Math.max(fullAt.get(name) ?? 0, now) + span / limit;
  // The small addition is for rounding.
  if (next > now + span + 0.001) return (next - now - span) / 1000;
  fullAt.delete(name);
  fullAt.set(name, next);
  const oldest = fullAt.keys().next().value;
  if (fullAt.size > MAX_NAMES && oldest !== undefined) fullAt.delete(oldest);
  return 0;
}

/** `retryAfter` in seconds. */
function tooMany(message: string, retryAfter: number): AppError {
  return new AppError("rate_limited", message, { retryAfter });
}

/**
 * Counts one use of `name` over all instances of the app. `limit` uses are free at once and come back evenly over
 * `seconds`. Returns 0 when there was one left, else the seconds until there is. Throws `db_unavailable`.
 */
export async function consumeRateLimit(name: string, limit: number, seconds: number): Promise<number> {
  const result = await adminClient().rpc("consume_rate_limit", { p_name: name, p_limit: limit, p_seconds: seconds });
  return Math.ceil(z.number().parse(unwrap(result)));
}
