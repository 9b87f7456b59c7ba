import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { after } from "next/server";
import { AppError, type ErrorCode } from "@/lib/errors";
import { log } from "@/lib/log";
import { shutdownSignal } from "@/lib/process-globals";
import { insertRow, queuePrediction, type NewRow, type PredictionRow } from "./rows";

type Refusal = "mismatch" | "quota_exceeded" | "in_flight_limit" | "rate_limited" | "spend_cap";

const REFUSALS: Record<Refusal, [ErrorCode, string]> = {
  mismatch: ["idempotency_mismatch", "This Idempotency-Key was used for another request. Use a new one."],
  quota_exceeded: ["quota_exceeded", "Today's images are used up. More are available tomorrow (UTC)."],
  in_flight_limit: ["in_flight_limit", "Too many images are being made at once. Wait until one has finished."],
  rate_limited: ["rate_limited", "Too many requests."],
  spend_cap: ["spend_cap", "Darkroom has made all the images it may today. Try again tomorrow (UTC)."],
};

/** Pauses between tries to queue a row while the database is away (s): together less than the row's first lease. */
const PAUSES = [1, 2, 4, 8, 16, 32];

/**
 * - `created`: a new row, leased to the caller, who must send it.
 * - `replayed`: the row of an earlier request with the same key and body.
 * - `unknown`: a new row whose insert was not confirmed. It is queued; the sweep sends it.
 */
type Inserted = { outcome: "created" | "replayed" | "unknown"; row: PredictionRow };

/**
 * Admits a prediction and inserts its row. Throws `idempotency_mismatch`, the limits (`quota_exceeded`, `in_flight_limit`,
 * `rate_limited`, `spend_cap`) and `db_unavailable`. After the last one the row may exist: it is then queued, and the same
 * key finds it.
 */
export async function insertPrediction(request: Omit<NewRow, "id">): Promise<Inserted> {
  const id = randomUUID();
  let answer: Awaited<ReturnType<typeof insertRow>>;
  try {
    answer = await insertRow({ ...request, id });
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    const row = await queueUnconfirmed(id);
    if (!row) throw error;
    return { outcome: "unknown", row };
  }
  const { outcome, prediction: row, retry_after: wait } = answer;
  if (outcome !== "created" && outcome !== "replayed") throw toError(outcome, wait);
  if (!row) throw new AppError("internal", "The prediction was not saved.");
  return { outcome, row };
}

/** `wait` in seconds, where the database knows it. */
export function toError(refusal: Refusal, wait?: number): AppError {
  const [code, message] = REFUSALS[refusal];
  const advice = wait === undefined ? "" : ` Wait ${wait} s, then try again.`;
  return new AppError(code, message + advice, { retryAfter: wait ?? getRetryAfter(refusal) });
}

/** Seconds. Daily limits end at midnight UTC. */
function getRetryAfter(refusal: Refusal): number | undefined {
  if (refusal === "mismatch") return undefined;
  return refusal === "in_flight_limit" ? 5 : Math.ceil((86_400_000 - (Date.now() % 86_400_000)) / 1000);
}

/** The queued row; null when it was not inserted, or the database is still away: then it is tried again in the background. */
async function queueUnconfirmed(id: string): Promise<PredictionRow | null> {
  try {
    return await queueOwnRow(id);
  } catch (error) {
    if (isDatabaseAway(error)) after(() => queueLater(id));
    return null;
  }
}

/** If the database is away for longer, the lease runs out; then the row is looked for at Replicate, and fails. */
async function queueLater(id: string): Promise<void> {
  for (const pause of PAUSES) {
    await sleep(pause * 1000, undefined, { signal: shutdownSignal }).catch(() => {});
    if (shutdownSignal.aborted) return;
    try {
      await queueOwnRow(id);
      return;
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      log.info("row_not_queued_yet", { prediction: id });
    }
  }
}

/** The first lease's token is the row's id, so this never touches the row of another request. */
function queueOwnRow(id: string) {
  return queuePrediction({ id, lease_token: id }, 0);
}

function isDatabaseAway(error: unknown): boolean {
  return error instanceof AppError && error.code === "db_unavailable";
}
