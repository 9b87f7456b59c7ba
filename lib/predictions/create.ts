import "server-only";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { after } from "next/server";
import type { User } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { rejectionError } from "@/lib/limits/run-limits";
import { log } from "@/lib/log";
import { parseMediaPath } from "@/lib/media/media-urls";
import { requireOwnMedia } from "@/lib/media/input-files";
import { listSavedMedia } from "@/lib/media/queries";
import { requireRoom } from "@/lib/media/storage";
import { featuredModels } from "@/lib/models/featured-models";
import { getFields } from "@/lib/models/fields";
import { imageCount } from "@/lib/models/image-count";
import { checkInput, fileFields } from "@/lib/models/check-input";
import { whatItMakes } from "@/lib/models/makes";
import { costOfRun } from "@/lib/models/prices/cost-of-run";
import { resolveModel } from "@/lib/models/resolve";
import { insertPrediction } from "./insert-row";
import { serializePrediction } from "./queries";
import { toCreateError } from "./rejection-messages";
import { findRow, findRowByKey, type PredictionRow } from "./rows";
import type { NewPrediction, Prediction } from "./schema";
import { sendPrediction } from "./send-to-replicate";

/**
 * The lease of a new row (s): longer than signing files and the create request take. Until then, no other server uses the row.
 */
const LEASE = 90;
/** How long our response waits for Replicate's response to be saved (ms). */
const MAX_WAIT = 150;

/**
 * Validates a prediction, inserts its row, then sends it to Replicate once. The same key and body always return the same
 * prediction. If Replicate's limit is reached, it is queued. If it is not clear whether Replicate started it, it is searched
 * for later. Neither is an error. Throws `invalid_input`, `unknown_model`, `model_not_allowed`, `provider_unavailable`,
 * `storage_full`, and the errors of `insertPrediction`.
 */
export async function createPrediction(user: User, body: NewPrediction, key: string): Promise<Prediction> {
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  const more = { user_id: user.id, idempotency_key: key, request_hash: hash, lease_seconds: LEASE };
  const { outcome, row } = await checkRequest(user, body)
    .then((checked) => insertPrediction({ ...checked, ...more }))
    .catch(async (error: unknown) => {
      // A repeated request gets the same response, whatever has changed since. After `db_unavailable`, the row may be this
      // request's own.
      if (!(error instanceof AppError) || error.status === 429 || error.code === "db_unavailable") throw error;
      const earlier = await findRowByKey(user.id, key);
      if (!earlier) throw error;
      if (earlier.request_hash !== hash) throw rejectionError({ outcome: "mismatch" });
      return { outcome: "replayed", row: earlier };
    });
  if (outcome === "unknown") return serializePrediction(row, []);
  if (outcome === "replayed") return serializePrediction(row, await listSavedMedia(row.id));

  const { saved, rejection } = await sendPrediction(row);
  const known = await waitBriefly(row, saved);
  if (rejection) throw toCreateError(rejection);
  return serializePrediction(known, []);
}

/**
 * Returns the saved row. If the database is slow, it is saved after the response, and the row as it was inserted is returned: its
 * revision is older, so the next request gets the change. Throws `db_unavailable`.
 */
async function waitBriefly(row: PredictionRow, saved: Promise<PredictionRow | null>): Promise<PredictionRow> {
  after(() => saved.catch((error: unknown) => log.error("create_not_saved", { prediction: row.id, error })));
  const changed = saved.then(async (result) => result ?? (await findRow(row.id)));
  return (await Promise.race([changed, sleep(MAX_WAIT, row, { ref: false })])) ?? row;
}

/** Returns the request as columns. The default tool is the model's. The default parent is the first own image in the input. */
async function checkRequest(user: User, body: NewPrediction) {
  const resolved = await resolveModel(user.id, body.model);
  const { model, version, schema } = resolved;
  checkInput(schema, body.input);
  const input = await requireOwnMedia(body.input, fileFields(schema), user.id);
  await requireRoom();
  const modelTool = featuredModels.find(({ id }) => id === model)?.tool;
  const files = Object.values(input).flat().map(parseMediaPath);
  return {
    model,
    version,
    input,
    tool: body.tool ?? (modelTool && modelTool !== "generate" ? modelTool : null),
    parent_image_id: body.parent ?? files.find((file) => file?.kind === "media")?.id ?? null,
    // Text and audio count in money, but not as images.
    image_count: /^(text|audio)$/.test(whatItMakes(schema)) ? 0 : imageCount(input, schema ? getFields(schema) : []),
    ...costOfRun(resolved, input),
  };
}

/** The error of a create request that Replicate rejected. */
