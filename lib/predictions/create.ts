import "server-only";
import { createHash } from "node:crypto";
import type { User } from "@/lib/auth";
import { env } from "@/lib/env";
import { AppError, type ErrorCode } from "@/lib/errors";
import { requireOwnMedia } from "@/lib/media/input-files";
import { listSavedMedia } from "@/lib/media/queries";
import { checkInput, fileFields, imageCount } from "@/lib/models/input";
import { resolveModel } from "@/lib/models/resolve";
import type { ReplicateError } from "@/lib/replicate/errors";
import { derivationOf } from "./derive";
import { present } from "./serialize";
import { record } from "./insert";
import { findByKey, findRow } from "./rows";
import type { NewPrediction, Prediction } from "./schema";
import { send } from "./send";

/** Longer than signing its files and the create request take (s): until then nobody else touches the row. */
const LEASE = 90;

type Refusal = "mismatch" | "quota_exceeded" | "in_flight_limit" | "rate_limited" | "spend_cap";

const REFUSALS: Record<Refusal, [ErrorCode, string]> = {
  mismatch: ["idempotency_mismatch", "This Idempotency-Key was used for another request. Use a new one."],
  quota_exceeded: ["quota_exceeded", "Today's images are used up. More are available tomorrow (UTC)."],
  in_flight_limit: ["in_flight_limit", "Too many images are being made at once. Wait until one has finished."],
  rate_limited: ["rate_limited", "More was asked for than may be in a minute."],
  spend_cap: ["spend_cap", "Darkroom has made all the images it may today. Try again tomorrow (UTC)."],
};

/**
 * Starts a prediction: checked, recorded, then sent to Replicate once. The same key and body answer with the same
 * prediction, however often they come. A prediction that Replicate cannot take now is queued, one whose
 * create got no clear answer is looked into; neither is an error.
 * Throws `invalid_input`, `unknown_model`, `model_not_allowed`, `idempotency_mismatch`, the limits, `provider_unavailable`, `db_unavailable`.
 */
export async function createPrediction(user: User, body: NewPrediction, key: string): Promise<Prediction> {
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  let checked: Awaited<ReturnType<typeof check>>;
  try {
    checked = await check(user, body);
  } catch (refusal) {
    // What was right once is answered as it was then, though its model was withdrawn or its image deleted since.
    const earlier = refusal instanceof AppError ? await findByKey(user.id, key) : null;
    if (!earlier) throw refusal;
    if (earlier.request_hash !== hash) throw limitOf("mismatch", undefined);
    return present(earlier, await listSavedMedia(earlier.id));
  }
  const { model, version, schema, input } = checked;
  const { tool, parent } = derivationOf(body, model, input);
  const request = {
    user_id: user.id,
    idempotency_key: key,
    request_hash: hash,
    model,
    version,
    tool,
    parent_image_id: parent,
    input,
    image_count: imageCount(schema, input),
    lease_seconds: LEASE,
  };
  const limits = {
    in_flight: env().MAX_IN_FLIGHT_PER_USER,
    per_minute: env().CREATES_PER_MINUTE_PER_USER,
    daily_per_user: env().DAILY_IMAGES_PER_USER,
    daily_per_new_user: env().DAILY_IMAGES_PER_NEW_USER,
    daily_total: env().DAILY_IMAGES_TOTAL,
  };
  const started = await record(request, limits);
  const { outcome, prediction: row } = started;
  if (outcome !== "created" && outcome !== "replayed") throw limitOf(outcome, started.retry_after);
  if (!row) throw new AppError("internal", "The prediction was not recorded.");
  if (outcome === "replayed") return present(row, await listSavedMedia(row.id));

  const sent = await send(row);
  if (sent.refusal) throw refusalOf(sent.refusal);
  return present(sent.row ?? (await findRow(row.id)) ?? row, []);
}

/** The model that is meant, and the input with its files named by their paths, once all of it is found to be right. */
async function check(user: User, body: NewPrediction) {
  const { model, version, schema } = await resolveModel(user.id, body.model);
  checkInput(schema, body.input);
  return { model, version, schema, input: await requireOwnMedia(body.input, fileFields(schema), user.id) };
}

/** `wait` in seconds, where the database knows it. */
function limitOf(refusal: Refusal, wait: number | undefined): AppError {
  const [code, message] = REFUSALS[refusal];
  const remedy = wait === undefined ? "" : ` Wait ${wait} s, then try again.`;
  return new AppError(code, message + remedy, { retryAfter: wait ?? retryAfter(refusal) });
}

/** Seconds; limits of a day end at midnight UTC. */
function retryAfter(refusal: Refusal): number | undefined {
  if (refusal === "mismatch") return undefined;
  return refusal === "in_flight_limit" ? 5 : Math.ceil((86_400_000 - (Date.now() % 86_400_000)) / 1000);
}

function refusalOf(refusal: ReplicateError): AppError {
  if (refusal.kind === "unauthorized") {
    const message = "Replicate does not accept this installation's token or credit. Nothing was made.";
    return new AppError("provider_unavailable", message, { cause: refusal });
  }
  return new AppError("invalid_input", refusal.message.trim(), {
    cause: refusal,
    invalidFields: refusal.invalidFields,
  });
}
