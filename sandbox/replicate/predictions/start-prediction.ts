import { randomInt } from "node:crypto";
import { findVersion } from "../catalogue/find-model.ts";
import type { Clock } from "../state/clock.ts";
import { invalidInput, invalidVersion, HttpError } from "../http/responses.ts";
import { newId, newToken } from "../state/ids.ts";
import type { JsonSchema, Schemas } from "../http/json-schema.ts";
import type { Model, Version } from "../catalogue/model.ts";
import { isLoopback } from "./open-input.ts";
import { Prediction, WebhookEvent } from "./prediction.ts";
import { requireValid } from "../http/read-body.ts";
import type { Sandbox } from "../sandbox.ts";

/** What a create is to run; `required` are the properties its body must have, `shown` the version its answer names. */
export type Target = {
  required: string[];
  model?: Model;
  version?: Version;
  shown?: string;
  deployment?: string;
};

const PROPERTIES: Record<string, JsonSchema> = {
  stream: { type: "boolean" },
  webhook: { type: "string", format: "uri" },
  webhook_events_filter: { type: "array", items: { type: "string", enum: WebhookEvent.options } },
};

/** Seconds, or units together as in `1h30m45s`: 5 seconds to 24 hours. Null without the header; a 422 when out of range. */
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

/** Throws the 422 for a body that is not right for its target; the input is checked against the version's schema. */
export function validateCreate(
  body: Record<string, unknown>,
  required: string[],
  properties: Record<string, JsonSchema>,
  schemas?: Schemas,
) {
  requireValid(body, { required, properties: { ...PROPERTIES, ...properties } }, schemas);
  const webhook = typeof body.webhook === "string" ? URL.parse(body.webhook) : null;
  if (body.webhook === undefined || webhook?.protocol === "https:" || (webhook && isLoopback(webhook))) return;
  const description = "webhook must be an HTTPS URL";
  throw new HttpError(invalidInput([{ type: "format", field: "webhook", description }]));
}

type Start = Pick<Prediction, "kind" | "model" | "version" | "runs"> &
  Partial<Pick<Prediction, "destination" | "deployment" | "deadline">>;

/** Under /v1/files/ the client takes each piece for a file and fetches it, so text has a path of its own. */
function streamPath(version: Version | undefined): string {
  const isText = version?.schemas.Output?.["x-cog-array-type"] === "iterator";
  return `${isText ? "/v1/streams" : "/v1/files/stream"}/${newToken()}`;
}

/** Keeps a new prediction made from a valid body and starts it. */
export function startPrediction(sandbox: Sandbox, body: Record<string, unknown>, start: Start): Prediction {
  const given = Prediction.pick({ input: true, webhook: true, webhook_events_filter: true }).parse(body);
  const prediction: Prediction = {
    ...start,
    ...given,
    id: newId(),
    output: null,
    logs: "",
    error: null,
    status: "starting",
    data_removed: false,
    created_at: sandbox.clock.timestamp(),
    boot: sandbox.coldStarts.bootTime(start.model),
    files: [],
    seed: Number.isInteger(given.input.seed) ? Number(given.input.seed) : randomInt(65_536),
    stream: streamPath(findVersion(sandbox.state, start.runs)?.version),
  };
  sandbox.state.predictions.save(prediction);
  sandbox.lifecycle.start(prediction);
  return prediction;
}

export function acceptPrediction(
  sandbox: Sandbox,
  body: Record<string, unknown>,
  { required, model, version, shown, deployment }: Target,
  deadline: string | undefined,
): Prediction {
  const input: JsonSchema = version ? { $ref: "#/components/schemas/Input" } : { type: "object" };
  const properties = { input, ...(required.includes("version") && { version: { type: "string" } }) };
  validateCreate(body, required, properties, version?.schemas);
  if (!model || !version || !shown) throw new HttpError(invalidVersion());
  return startPrediction(sandbox, body, {
    kind: "prediction",
    model: model.id,
    version: shown,
    runs: version.id,
    ...(deployment && { deployment }),
    ...(deadline && { deadline }),
  });
}
