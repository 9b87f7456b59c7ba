import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { after } from "next/server";
import { productName } from "@/lib/config";
import { AppError, type ErrorCode } from "@/lib/errors";
import { log } from "@/lib/log";
import { shutdownSignal } from "@/lib/process-globals";
import { insertRow, queuePrediction, type NewRow, type PredictionRow, type Rejection } from "./rows";

const REJECTIONS: Record<Rejection, [ErrorCode, string]> = {
  mismatch: ["idempotency_mismatch", "This Idempotency-Key was used for another request. Use a new one."],
  quota_exceeded: ["quota_exceeded", "Today's images are used up. More are available tomorrow (UTC)."],
  in_flight_limit: ["in_flight_limit", "Too many images are being generated at once. Wait until one has finished."],
  rate_limited: ["rate_limited", "Too many requests."],
  spend_cap: ["spend_cap", `${productName} has reached its daily limit for all users. Try again tomorrow (UTC).`],
};

/** The pauses between attempts to queue a row, while the database is unavailable (s). Together shorter than its first lease. */
const PAUSES = [1, 2, 4, 8, 16, 32];

/**
 * - `created`: a new row, leased to the caller, who must send it.
 * - `replayed`: the row of an earlier request with the same key and body.
 * - `unknown`: a new row whose insert was not confirmed. It is queued; the sweep sends it.
 */
type Inserted = { outcome: "created" | "replayed" | "unknown"; row: PredictionRow };

/**
 * Checks the limits and inserts a row. Throws `idempotency_mismatch`, `quota_exceeded`, `in_flight_limit`, `rate_limited`,
 * `spend_cap` or `db_unavailable`. After `db_unavailable` the row may exist: it is then queued, and the same key finds it.
 */
export async function insertPrediction(request: Omit<NewRow, "id">): Promise<Inserted> {
  const id = randomUUID();
  const result = await insertRow({ ...request, id }).catch(async (error: unknown) => {
    const prediction = isDatabaseUnavailable(error) ? await queueUnconfirmed(id) : null;
    if (!prediction) throw error;
    return { outcome: "unknown" as const, prediction };
  });
  if (!("prediction" in result)) throw toError(result.outcome, result.retry_after);
  return { outcome: result.outcome, row: result.prediction };
}

/** `wait` is in seconds. */
export function toError(rejection: Rejection, wait?: number): AppError {
  const [code, message] = REJECTIONS[rejection];
  const advice = wait === undefined ? "" : ` Wait ${wait} s, then try again.`;
  return new AppError(code, message + advice, { retryAfter: wait ?? getRetryAfter(rejection) });
}

/** In seconds. Daily limits reset at midnight UTC. */
function getRetryAfter(rejection: Rejection): number | undefined {
  if (rejection === "mismatch") return undefined;
  return rejection === "in_flight_limit" ? 5 : Math.ceil((86_400_000 - (Date.now() % 86_400_000)) / 1000);
}

/**
 * Returns the queued row. Null if it was never inserted, or if the database is still unavailable and a retry runs in the
 * background.
 */
async function queueUnconfirmed(id: string): Promise<PredictionRow | null> {
  try {
    return await queueOwnRow(id);
  } catch (error) {
    if (isDatabaseUnavailable(error)) after(() => queueLater(id));
    return null;
  }
}

/** If the database stays unavailable, the lease ends. The prediction is then searched for at Replicate, and fails. */
async function queueLater(id: string): Promise<void> {
  for (const pause of PAUSES) {
    await sleep(pause * 1000, undefined, { signal: shutdownSignal }).catch(() => {});
    if (shutdownSignal.aborted) return;
    try {
      await queueOwnRow(id);
      return;
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      log.info("row_not_queued_yet", { prediction: id });
    }
  }
}

/** The token of the first lease is the row's id, so this cannot change another request's row. */
function queueOwnRow(id: string) {
  return queuePrediction({ id, lease_token: id }, 0);
}

function isDatabaseUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === "db_unavailable";
}
