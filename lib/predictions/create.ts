import "server-only";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { after } from "next/server";
import type { User } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { rejectionError } from "@/lib/limits/run-limits";
import { log } from "@/lib/log";
import { parseMediaPath } from "@/lib/media/media-urls";
import { listSavedMedia } from "@/lib/media/queries";
import { requireRoom } from "@/lib/media/storage";
import { findFeatured } from "@/lib/models/catalog";
import { getFields } from "@/lib/models/inputs/fields";
import { imageCount } from "@/lib/models/inputs/image-count";
import { costOfRun, requireWithinLimit } from "@/lib/models/prices/cost-of-run";
import { combineRef } from "@/lib/models/ref";
import { resolveModel } from "@/lib/models/resolve";
import { redactedNames, separateSecrets } from "@/lib/models/inputs/secrets";
import { whatItMakes } from "@/lib/models/inputs/takes-and-makes";
import { checkRequestInput } from "./input/check-request-input";
import { insertPrediction } from "./insert-row";
import { serializePrediction } from "./queries";
import { notSent, toCreateError } from "./rejection-messages";
import { findRow, findRowByKey, type PredictionRow } from "./rows";
import type { NewPrediction, Prediction } from "./schema";
import { sendPrediction } from "./send-to-replicate";

/**
 * How long a new row is leased (s). This is longer than it takes to sign the URLs of its input files and to send the create
 * request. During this time, no other server advances the row. Webhooks may update it at any time.
 */
const LEASE = 90;
/** Our response waits at most this time until the result of the create request is saved in the row (ms). */
const MAX_WAIT = 150;
/** If a request could not be inserted or sent, the client may repeat it after this time (s). */
const RETRY_AFTER = 5;

/**
 * Checks a request, inserts a row for it, and then sends the prediction to Replicate once. The same key and body always return
 * the same prediction. If Replicate's rate limit is reached, the prediction is queued. If it is not clear whether Replicate has
 * started it, we search for it later. Neither case is an error. Throws `invalid_input`, `unknown_model`, `model_not_allowed`,
 * `run_too_expensive`, `provider_unavailable`, `storage_full`, and the errors of `insertPrediction`.
 *
 * Secrets in the input are sent to Replicate and never saved: the row contains `REDACTED` in their place. So a request with
 * secrets cannot be queued: it throws `rate_limited` or `provider_unavailable` instead.
 */
export async function createPrediction(user: User, body: NewPrediction, key: string): Promise<Prediction> {
  const more = { user_id: user.id, idempotency_key: key, lease_seconds: LEASE };
  const { outcome, row, secrets } = await checkRequest(user, body)
    .then(async ({ secrets: given, ...checked }) => {
      const request_hash = hashRequest(body, Object.keys(given));
      return { ...(await insertPrediction({ ...checked, ...more, request_hash })), secrets: given };
    })
    .catch(async (error: unknown) => {
      // A repeated request gets the prediction of the first request with this key, even if a check fails now. But after
      // `db_unavailable`, this request itself may have inserted the row with this key, so it does not count as repeated.
      if (!(error instanceof AppError) || error.status === 429 || error.code === "db_unavailable") throw error;
      const earlier = await findRowByKey(user.id, key);
      if (!earlier) throw error;
      const isSame = earlier.request_hash === hashRequest(body, redactedNames(earlier.input));
      if (!isSame) throw rejectionError({ outcome: "mismatch" });
      return { outcome: "replayed", row: earlier, secrets: {} };
    });
  if (outcome === "unknown" && Object.keys(secrets).length > 0) throw notSent(RETRY_AFTER);
  if (outcome === "unknown") return serializePrediction(row, []);
  if (outcome === "replayed") return serializePrediction(row, await listSavedMedia(row.id));

  const { saved, rejection } = await sendPrediction(row, secrets);
  const known = await waitBriefly(row, saved);
  if (rejection) throw toCreateError(rejection);
  return serializePrediction(known, []);
}

/** Returns a hash that identifies the request. The values of the inputs named in `secrets` do not change the hash. */
export function hashRequest(body: NewPrediction, secrets: string[] = []): string {
  const { redacted: input } = separateSecrets(body.input, secrets);
  return createHash("sha256")
    .update(JSON.stringify({ ...body, input }))
    .digest("hex");
}

/**
 * Waits until the result of the create request is saved, and returns the changed row. If the database is slow, returns the row as
 * it was inserted, and the result is saved after our response. The inserted row has an older revision, so the client's next
 * request gets the change. Throws `db_unavailable`.
 */
async function waitBriefly(row: PredictionRow, saved: Promise<PredictionRow | null>): Promise<PredictionRow> {
  after(() => saved.catch((error: unknown) => log.error("create_not_saved", { prediction: row.id, error })));
  const changed = saved.then(async (result) => result ?? (await findRow(row.id)));
  return (await Promise.race([changed, sleep(MAX_WAIT, row, { ref: false })])) ?? row;
}

/**
 * Checks the request. Returns its secrets and the columns of its row. Data URIs become uploads. If the request has no `tool`, the
 * row gets the tool of the model. If it has no `parent`, the first saved image in the input becomes the parent.
 */
async function checkRequest(user: User, body: NewPrediction) {
  const ref = combineRef(body.model, body.version);
  if (ref === null) throw contradiction();
  const resolved = await resolveModel(user.id, ref);
  const { model, version, schema } = resolved;
  const fields = schema ? getFields(schema) : [];
  const { input, secrets } = await checkRequestInput({ schema, fields }, body.input, user.id);
  const cost = costOfRun(resolved, input);
  requireWithinLimit(resolved, cost);
  await requireRoom();
  const files = Object.values(input).flat().map(parseMediaPath);
  return {
    secrets,
    model,
    version,
    input,
    tool: body.tool ?? findFeatured(model)?.tool ?? null,
    parent_image_id: body.parent ?? files.find((file) => file?.kind === "media")?.id ?? null,
    // Text and audio count toward the limits in US dollars, but not as images.
    image_count: /^(text|audio)$/.test(whatItMakes(schema)) ? 0 : imageCount(input, schema ? fields : undefined),
    ...cost,
  };
}

function contradiction(): AppError {
  const description = "The fields model and version contradict each other. Send only one of them.";
  return new AppError("invalid_input", description, {
    invalidFields: [{ field: "version", description, type: "contradiction" }],
  });
}
