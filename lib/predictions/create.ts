import "server-only";
import { createHash } from "node:crypto";
import type { User } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { parseMediaPath } from "@/lib/media/media-urls";
import { requireOwnMedia } from "@/lib/media/input-files";
import { listSavedMedia } from "@/lib/media/queries";
import { catalog } from "@/lib/models/catalog";
import { getFields } from "@/lib/models/fields";
import { imageCount } from "@/lib/models/image-count";
import { checkInput, fileFields } from "@/lib/models/check-input";
import { resolveModel } from "@/lib/models/resolve";
import type { ReplicateError } from "@/lib/replicate/errors";
import { insertPrediction, toError } from "./insert-row";
import { findRow, findRowByKey } from "./rows";
import type { NewPrediction, Prediction } from "./schema";
import { sendPrediction } from "./send-to-replicate";
import { serializePrediction } from "./serialize";

/** Longer than signing the files and the create request take (s): until then no other server touches the row. */
const LEASE = 90;

/**
 * Starts a prediction: checks it, inserts its row, then sends it to Replicate once. The same key and body always return the
 * same prediction. One that Replicate cannot take now is queued, and one whose create request got no clear answer is
 * looked for later; neither is an error. Throws `invalid_input`, `unknown_model`, `model_not_allowed`,
 * `provider_unavailable`, and what `insertPrediction` throws.
 */
export async function createPrediction(user: User, body: NewPrediction, key: string): Promise<Prediction> {
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  let checked: Awaited<ReturnType<typeof checkRequest>>;
  try {
    checked = await checkRequest(user, body);
  } catch (error) {
    // A repeated request is answered like the first, even if its model was disallowed or its image deleted since.
    const earlier = error instanceof AppError ? await findRowByKey(user.id, key) : null;
    if (!earlier) throw error;
    if (earlier.request_hash !== hash) throw toError("mismatch");
    return serializePrediction(earlier, await listSavedMedia(earlier.id));
  }

  const request = { ...checked, user_id: user.id, idempotency_key: key, request_hash: hash, lease_seconds: LEASE };
  const { outcome, row } = await insertPrediction(request);
  if (outcome === "unknown") return serializePrediction(row, []);
  if (outcome === "replayed") return serializePrediction(row, await listSavedMedia(row.id));

  const sent = await sendPrediction(row);
  if (sent.refusal) throw toRefusalError(sent.refusal);
  return serializePrediction(sent.row ?? (await findRow(row.id)) ?? row, []);
}

/** The request as its row has it. By default its tool is the model's, and its parent the first own image it names. */
async function checkRequest(user: User, body: NewPrediction) {
  const { model, version, schema } = await resolveModel(user.id, body.model);
  checkInput(schema, body.input);
  const input = await requireOwnMedia(body.input, fileFields(schema), user.id);
  const modelTool = catalog.find(({ id }) => id === model)?.tool;
  const files = Object.values(input).flat().map(parseMediaPath);
  return {
    model,
    version,
    input,
    tool: body.tool ?? (modelTool && modelTool !== "generate" ? modelTool : null),
    parent_image_id: body.parent ?? files.find((file) => file?.kind === "media")?.id ?? null,
    image_count: imageCount(input, schema ? getFields(schema) : []),
  };
}

function toRefusalError(refusal: ReplicateError): AppError {
  if (refusal.kind === "unauthorized") {
    const message = "Replicate does not accept this installation's token or credit. Nothing was made.";
    return new AppError("provider_unavailable", message, { cause: refusal });
  }
  const { invalidFields } = refusal;
  return new AppError("invalid_input", refusal.message.trim(), { cause: refusal, invalidFields });
}
