import { findModel, findVersion } from "../catalog/find-model.ts";
import { hasWord } from "../faults/magic-words.ts";
import { readBody } from "../http/read-body.ts";
import { errorWithStatus, invalidVersion, json, notFound, HttpError, text, throttled } from "../http/responses.ts";
import { isRecord } from "../http/validate.ts";
import { embedFiles } from "../predictions/outputs.ts";
import { serializePrediction, withOrigin, type Prediction } from "../predictions/prediction.ts";
import { acceptPrediction, readCancelAfter, type Target } from "../predictions/start-prediction.ts";
import type { RouteContext } from "../sandbox.ts";
import { pause } from "../state/clock.ts";
import { sha256 } from "../state/ids.ts";

type Body = Record<string, unknown>;

/**
 * Returns how many seconds the response waits for the end of the prediction. The header `Prefer: wait` means 60 seconds, and
 * `Prefer: wait=n` means n seconds, but at most 60. Without this header, the response does not wait.
 */
function waitSeconds(request: Request): number {
  const match = /^wait(?:=(\d+))?$/.exec(request.headers.get("prefer")?.trim() ?? "");
  return match ? Math.min(60, Number(match[1] ?? 60)) : 0;
}

function enforceLimits({ sandbox }: RouteContext, input: Body) {
  const seconds = sandbox.limits.admit("create");
  if (seconds > 0) throw new HttpError(throttled(seconds));
  if (hasWord(input, "[429]") && sandbox.limits.refuseEveryOther(sha256(JSON.stringify(input)))) {
    throw new HttpError(throttled(3));
  }
}

/**
 * Responds to a create request. The status is 201 if the request does not wait, or if the prediction ends during the wait. The
 * status is 202 if the prediction is still running after the wait.
 * As at Replicate, a prediction that succeeds during the wait has the status `processing` in the response. It has its whole
 * output, in which files are data URIs, but no logs, no metrics, and no times of its start and end.
 */
async function answerCreate(
  { sandbox, request }: RouteContext,
  prediction: Prediction,
  created: Body,
): Promise<Response> {
  const headers: Record<string, string> = { location: `${sandbox.origin}/v1/predictions/${prediction.id}` };
  const seconds = waitSeconds(request);
  if (seconds === 0) return json(201, created, headers);
  headers["preference-applied"] = "wait";
  const giveUp = new AbortController();
  const ended = sandbox.lifecycle.waitForEnd(prediction.id).then(() => true);
  const expired = sandbox.clock.sleep(seconds * 1000, giveUp.signal).then(() => false);
  const done = await Promise.race([ended, expired]);
  giveUp.abort();
  if (!done) return json(202, created, headers);
  if (prediction.status !== "succeeded") return json(201, serializePrediction(prediction, sandbox.origin), headers);
  const output = withOrigin(await embedFiles(sandbox.state, prediction.output), sandbox.origin);
  return json(201, { ...created, output, status: "processing" }, headers);
}

/**
 * Handles one create request, and applies the faults from a rule or a magic word. `findTarget` returns the model and the version
 * that the request asks for.
 */
async function create(context: RouteContext, findTarget: (body: Body) => Target): Promise<Response> {
  const { sandbox, request, logEntry } = context;
  const body = await readBody(request);
  const input = isRecord(body.input) ? body.input : {};
  const fault = sandbox.faults.take("create", input) ?? {};
  await pause(fault.delay ?? 0);
  if (fault.drop === "before") return Response.error();
  if (fault.status && !fault.accepted) return errorWithStatus(fault.status, fault.retry_after);
  const target = findTarget(body);
  const deadline = readCancelAfter(request, sandbox.clock);
  enforceLimits(context, input);
  const prediction = acceptPrediction(sandbox, body, target, deadline);
  logEntry.prediction = prediction.id;
  const created = serializePrediction({ ...prediction }, sandbox.origin);

  await pause(fault.answer_delay ?? 0);
  if (fault.drop === "after" || hasWord(input, "[lost]")) return Response.error();
  if (fault.status) return errorWithStatus(fault.status, fault.retry_after);
  if (fault.body === "invalid_json") return text(201, '{"id":"', "application/json");
  if (fault.body === "no_id") return json(201, { ...created, id: undefined });
  if (fault.body === "huge") return json(201, { ...created, logs: "x".repeat(5_000_000) });
  if (fault.already_succeeded) {
    await sandbox.lifecycle.finishNow(prediction.id);
    return json(201, serializePrediction(prediction, sandbox.origin));
  }
  return answerCreate(context, prediction, created);
}

/** POST /predictions: the body names a version, or a model that can be run by its name. */
export function createByVersion(context: RouteContext): Promise<Response> {
  return create(context, (body) => {
    if (typeof body.version !== "string") return { required: ["version", "input"] };
    const found = findVersion(context.sandbox.state, body.version);
    if (!found) throw new HttpError(invalidVersion());
    const shownVersion = body.version.includes("/") && !body.version.includes(":") ? "hidden" : found.version.id;
    return { required: ["version", "input"], ...found, shownVersion };
  });
}

/** POST /models/:owner/:name/predictions */
export function createByModel(context: RouteContext): Promise<Response> {
  return create(context, () => {
    const model = findModel(context.sandbox.state, `${context.param("owner")}/${context.param("name")}`);
    const version = model?.versions[0];
    if (!model?.runs_by_name || !version) throw new HttpError(notFound());
    return { required: ["input"], model, version, shownVersion: model.is_official ? "hidden" : version.id };
  });
}

/** POST /deployments/:owner/:name/predictions */
export function createByDeployment(context: RouteContext): Promise<Response> {
  const { state } = context.sandbox;
  return create(context, () => {
    const deployment = state.deployments.get(`${context.param("owner")}/${context.param("name")}`);
    const found = deployment && findVersion(state, deployment.version);
    if (!found) throw new HttpError(notFound());
    return { required: ["input"], ...found, shownVersion: found.version.id, deployment: deployment.id };
  });
}
