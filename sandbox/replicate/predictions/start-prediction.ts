import { randomInt } from "node:crypto";
import { isLoopback } from "../../../lib/security/private-host.ts";
import { findVersion } from "../catalog/find-model.ts";
import type { Model, Version } from "../catalog/model.ts";
import type { JsonSchema, Schemas } from "../http/json-schema.ts";
import { requireValid } from "../http/read-body.ts";
import { invalidInput, invalidVersion, HttpError } from "../http/responses.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Clock } from "../state/clock.ts";
import { newId, newToken } from "../state/ids.ts";
import { Prediction, WebhookEvent } from "./prediction.ts";

/**
 * What a create request asks to run. `model` and `version` are missing if the body needs a version, but has none. `required`
 * lists the properties that the body must have. `shownVersion` is the version in responses, which can be `hidden`.
 */
export type Target = {
  required: string[];
  model?: Model;
  version?: Version;
  shownVersion?: string;
  deployment?: string;
};

const PROPERTIES: Record<string, JsonSchema> = {
  stream: { type: "boolean" },
  webhook: { type: "string", format: "uri" },
  webhook_events_filter: { type: "array", items: { type: "string", enum: WebhookEvent.options } },
};

/**
 * Returns the time at which the header `Cancel-After` cancels the prediction, or undefined without this header. The header has a
 * number of seconds or a text such as `1h30m45s`, from 5 s to 24 h. Throws a 422 for any other value.
 */
export function readCancelAfter(request: Request, clock: Clock): string | undefined {
  const header = request.headers.get("cancel-after");
  if (header === null) return undefined;
  const [, h, m, s] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(header.trim()) ?? [];
  const seconds = Number(h ?? 0) * 3600 + Number(m ?? 0) * 60 + Number(s ?? 0);
  if (seconds < 5 || seconds > 86_400) {
    const description = "Cancel-After must be a duration between 5s and 24h";
    throw new HttpError(invalidInput([{ type: "invalid_header", field: "Cancel-After", description }]));
  }
  return new Date(clock.after(clock.now(), seconds * 1000)).toISOString();
}

/** Throws a 422 if the body or its input does not match the schema, or if the webhook URL is not allowed. */
export function validateCreate(
  body: Record<string, unknown>,
  required: string[],
  properties: Record<string, JsonSchema>,
  schemas?: Schemas,
) {
  requireValid(body, { required, properties: { ...PROPERTIES, ...properties } }, schemas);
  const webhook = typeof body.webhook === "string" ? URL.parse(body.webhook) : null;
  if (body.webhook === undefined || webhook?.protocol === "https:" || (webhook && isLoopback(webhook.href))) return;
  const description = "webhook must be an HTTPS URL";
  throw new HttpError(invalidInput([{ type: "format", field: "webhook", description }]));
}

type RunFields = Pick<Prediction, "kind" | "model" | "version" | "runs"> &
  Partial<Pick<Prediction, "destination" | "deployment" | "deadline">>;

/**
 * Returns the path of a prediction's stream. If the path begins with /v1/files/, Replicate's client treats each piece of the
 * stream as the URL of a file. So a stream of text gets another path.
 */
function streamPath(version: Version | undefined): string {
  const output = version?.schemas.Output;
  const isText = output?.["x-cog-array-type"] === "iterator" && output.items?.format !== "uri";
  return `${isText ? "/v1/streams" : "/v1/files/stream"}/${newToken()}`;
}

/** Saves and starts a prediction. The body must be valid: `validateCreate` checks this. */
export function startPrediction(sandbox: Sandbox, body: Record<string, unknown>, run: RunFields): Prediction {
  const given = Prediction.pick({ input: true, webhook: true, webhook_events_filter: true }).parse(body);
  const prediction: Prediction = {
    ...run,
    ...given,
    id: newId(),
    output: null,
    logs: "",
    error: null,
    status: "starting",
    data_removed: false,
    created_at: sandbox.clock.timestamp(),
    boot: sandbox.coldStarts.bootTime(run.model),
    files: [],
    seed: Number.isInteger(given.input.seed) ? Number(given.input.seed) : randomInt(65_536),
    stream: streamPath(findVersion(sandbox.state, run.runs)?.version),
  };
  sandbox.state.predictions.save(prediction);
  sandbox.lifecycle.start(prediction);
  return prediction;
}

/** Validates the body with the schema of the version, then saves and starts the prediction. */
export function acceptPrediction(
  sandbox: Sandbox,
  body: Record<string, unknown>,
  { required, model, version, shownVersion, deployment }: Target,
  deadline: string | undefined,
): Prediction {
  const input: JsonSchema = version ? { $ref: "#/components/schemas/Input" } : { type: "object" };
  const properties = { input, ...(required.includes("version") && { version: { type: "string" } }) };
  validateCreate(body, required, properties, version?.schemas);
  if (!model || !version || !shownVersion) throw new HttpError(invalidVersion());
  return startPrediction(sandbox, body, {
    kind: "prediction",
    model: model.id,
    version: shownVersion,
    runs: version.id,
    ...(deployment && { deployment }),
    ...(deadline && { deadline }),
  });
}
