import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { after } from "next/server";
import { AppError } from "@/lib/errors";
import { rejectionError } from "@/lib/limits/run-limit-errors";
import { log } from "@/lib/log";
import { redactedNames } from "@/lib/models/inputs/secrets";
import { shutdownSignal } from "@/lib/process-globals";
import { failUnsent } from "./rejection-messages";
import { insertRow, queuePrediction, type NewRow, type PredictionRow } from "./rows";

/**
 * The pauses between attempts to queue a row while the database is unavailable (s). Together they are shorter than the row's
 * first lease.
 */
const PAUSES = [1, 2, 4, 8, 16, 32];

/**
 * What happened to the row:
 * - `created`: a new row, leased to the caller, who must send it.
 * - `replayed`: the row of an earlier request with the same key and body.
 * - `unknown`: a new row, but the response to its insert was lost. The row is now queued, and `pollUntilDone` or the sweep sends
 *   it. But if the row has secrets, it has failed, because secrets are not saved.
 */
type Inserted = { outcome: "created" | "replayed" | "unknown"; row: PredictionRow };

/**
 * Checks the limits and inserts a row. Throws `idempotency_mismatch`, `quota_exceeded`, `budget_exceeded`, `in_flight_limit`,
 * `rate_limited`, `spend_cap`, `storage_limit`, `unauthenticated` (a revoked API key) or `db_unavailable`. After
 * `db_unavailable`, the row may exist: it is queued, or failed if it has secrets. A request with the same key finds this row.
 */
export async function insertPrediction(request: Omit<NewRow, "id">): Promise<Inserted> {
  const id = randomUUID();
  const result = await insertRow({ ...request, id }).catch(async (error: unknown) => {
    const hasSecrets = redactedNames(request.input).length > 0;
    const prediction = isDatabaseUnavailable(error) ? await queueUnconfirmed(id, hasSecrets) : null;
    if (!prediction) throw error;
    return { outcome: "unknown" as const, prediction };
  });
  if (!("prediction" in result)) throw rejectionError(result, request.max_usd);
  return { outcome: result.outcome, row: result.prediction };
}

/**
 * Queues a row if the response to its insert was lost (see `queueOwnRow`), and returns it. Returns null if the row was never
 * inserted. Also returns null if the database is still unavailable: in this case, retries run in the background.
 */
async function queueUnconfirmed(id: string, hasSecrets: boolean): Promise<PredictionRow | null> {
  try {
    return await queueOwnRow(id, hasSecrets);
  } catch (error) {
    if (isDatabaseUnavailable(error)) after(() => queueLater(id, hasSecrets));
    return null;
  }
}

/**
 * Tries again until the row is queued. The sweep then sends it. If the database is unavailable for longer than all pauses, the
 * sweep searches Replicate for the prediction, does not find it, and makes the row provisional.
 */
async function queueLater(id: string, hasSecrets: boolean): Promise<void> {
  for (const pause of PAUSES) {
    await sleep(pause * 1000, undefined, { signal: shutdownSignal }).catch(() => {});
    if (shutdownSignal.aborted) return;
    try {
      await queueOwnRow(id, hasSecrets);
      return;
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      log.info("row_not_queued_yet", { prediction: id });
    }
  }
}

/** Queues the row with this id, or ends it as failed if it has secrets. The token of a row's first lease is the row's id. */
function queueOwnRow(id: string, hasSecrets: boolean) {
  const lease = { id, lease_token: id };
  return hasSecrets ? failUnsent(lease) : queuePrediction(lease, 0);
}

function isDatabaseUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === "db_unavailable";
}
