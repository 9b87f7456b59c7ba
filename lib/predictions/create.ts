import "server-only";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { after } from "next/server";
import type { User } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { rejectionError } from "@/lib/limits/run-limit-errors";
import { log } from "@/lib/log";
import { listSavedMedia } from "@/lib/media/queries";
import { redactedNames, separateSecrets } from "@/lib/models/inputs/secrets";
import { checkRequest } from "./input/check-request";
import type { FindFile } from "./input/check-request-input";
import { insertPrediction } from "./insert-row";
import { serializePrediction } from "./queries";
import { notSent, toCreateError } from "./rejection-messages";
import { findRow, findRowByKey, type NewRow, type PredictionRow } from "./rows";
import type { NewPrediction } from "./input/new-prediction";
import type { Prediction } from "./schema";
import { sendPrediction } from "./send-to-replicate";
import { isFinished } from "./status";

/**
 * How long a new row is leased (s). This is longer than it takes to sign the URLs of its input files and to send the create
 * request. During this time, no other server advances the row. Webhooks may update it at any time.
 */
const LEASE = 90;
/** Our response waits at most this time until the result of the create request is saved in the row (ms). */
const MAX_WAIT = 150;
/** If a request could not be saved or sent, the client may repeat the request after this time (s). */
const RETRY_AFTER = 5;

/** What only a client of `/api/v1` can add to a request. */
type More = {
  keyId?: string | null;
  webhook?: string | null;
  webhookEvents?: NewRow["webhook_events"];
  /** After how many seconds the prediction must end. */
  cancelAfter?: number | null;
  /** Replaces or refuses web URLs in the input. Without this function, all web URLs are refused. */
  findFile?: FindFile;
};

/** Like `startPrediction`, but returns the prediction in the format of the API. */
export async function createPrediction(
  user: Pick<User, "id">,
  body: NewPrediction,
  key: string,
  more: More = {},
): Promise<Prediction> {
  const row = await startPrediction(user, body, key, more);
  return serializePrediction(row, isFinished(row.status) ? await listSavedMedia(row.id) : []);
}

/**
 * Checks a request, inserts its row, and then sends the prediction to Replicate once. Returns the row. The same key and body
 * always return the same prediction. If Replicate's rate limit is reached, the prediction is queued. If it is not clear
 * whether Replicate has started the prediction, it is searched for at Replicate later. In both cases, nothing is thrown.
 * Throws `invalid_input`, `unknown_model`, `model_not_allowed`, `run_too_expensive`, `provider_unavailable`, `storage_full`,
 * and the errors of `insertPrediction`.
 *
 * Secrets in the input are sent to Replicate and never saved: the row contains `REDACTED` in their place. So a request with
 * secrets cannot be queued: it throws `rate_limited` or `provider_unavailable` instead.
 */
export async function startPrediction(
  user: Pick<User, "id">,
  body: NewPrediction,
  key: string,
  { keyId, webhook, webhookEvents, cancelAfter, findFile }: More = {},
): Promise<PredictionRow> {
  const options = {
    ...(cancelAfter && { cancel_after: cancelAfter }),
    ...(webhook && { webhook, webhook_events: webhookEvents ?? null }),
  };
  const more = {
    user_id: user.id,
    idempotency_key: key,
    lease_seconds: LEASE,
    ...(keyId && { key_id: keyId }),
    ...options,
  };
  const hash = (secrets: string[]) => hashRequest({ ...body, ...options }, secrets);
  const { outcome, row, secrets } = await checkRequest(user, body, findFile)
    .then(async ({ secrets: given, ...checked }) => {
      const request_hash = hash(Object.keys(given));
      return { ...(await insertPrediction({ ...checked, ...more, request_hash })), secrets: given };
    })
    .catch(async (error: unknown) => {
      // A repeated request gets the prediction of the first request with this key, even if a check fails now. But after
      // `db_unavailable`, the row with this key may come from this request itself, so the error is thrown.
      if (!(error instanceof AppError) || error.status === 429 || error.code === "db_unavailable") throw error;
      const earlier = await findRowByKey(user.id, key);
      if (!earlier) throw error;
      const isSame = earlier.request_hash === hash(redactedNames(earlier.input));
      if (!isSame) throw rejectionError({ outcome: "mismatch" });
      return { outcome: "replayed", row: earlier, secrets: {} };
    });
  if (outcome === "unknown" && Object.keys(secrets).length > 0) throw notSent(RETRY_AFTER);
  if (outcome !== "created") return row;

  const { saved, rejection } = await sendPrediction(row, secrets);
  const known = await waitBriefly(row, saved);
  if (rejection) throw toCreateError(rejection);
  return known;
}

/** Returns a hash that identifies the request. The values of the inputs named in `secrets` do not change the hash. */
export function hashRequest(body: NewPrediction, secrets: string[] = []): string {
  const { redacted: input } = separateSecrets(body.input, secrets);
  return createHash("sha256")
    .update(JSON.stringify({ ...body, input }))
    .digest("hex");
}

/**
 * Waits until the result of the create request is saved, and returns the changed row. If the database is slow, returns the row
 * as it was inserted, and the result is saved after our response. The client gets the changed row with its next request,
 * because the inserted row has an older revision. Throws `db_unavailable`.
 */
async function waitBriefly(row: PredictionRow, saved: Promise<PredictionRow | null>): Promise<PredictionRow> {
  after(() => saved.catch((error: unknown) => log.error("create_not_saved", { prediction: row.id, error })));
  const changed = saved.then(async (result) => result ?? (await findRow(row.id)));
  return (await Promise.race([changed, sleep(MAX_WAIT, row, { ref: false })])) ?? row;
}
