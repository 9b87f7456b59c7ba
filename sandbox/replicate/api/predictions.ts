import { findVersion } from "../catalog/find-model.ts";
import type { Rule } from "../faults/faults.ts";
import { paginate } from "../http/paginate.ts";
import { readBody } from "../http/read-body.ts";
import { errorWithStatus, json, notFound, problem, HttpError } from "../http/responses.ts";
import { isTerminal, serializePrediction, type Prediction } from "../predictions/prediction.ts";
import { removeExpired } from "../predictions/retention.ts";
import { validateCreate, startPrediction } from "../predictions/start-prediction.ts";
import type { RouteContext } from "../sandbox.ts";
import { pause } from "../state/clock.ts";

/**
 * Returns the prediction or training whose id is in the path. Throws a 404 if the id is unknown, or if it is the id of a
 * prediction but the path begins with /trainings.
 */
function requirePrediction({ sandbox, param, logEntry }: RouteContext, kind: Prediction["kind"]): Prediction {
  const prediction = sandbox.state.predictions.get(param("id"));
  // As in Replicate's own example, a training can also be read under /predictions.
  if (!prediction || (kind === "training" && prediction.kind !== kind)) throw new HttpError(notFound());
  logEntry.prediction = prediction.id;
  removeExpired(prediction, sandbox.state, sandbox.clock);
  return prediction;
}

async function answerFault(fault: Rule["get"]): Promise<Response | null> {
  await pause(fault?.delay ?? 0);
  if (fault?.drop) return Response.error();
  return fault?.status ? errorWithStatus(fault.status, fault.retry_after) : null;
}

function serialize({ sandbox: { origin, faults } }: RouteContext, prediction: Prediction) {
  return { ...serializePrediction(prediction, origin), ...faults.fields(prediction.input) };
}

async function get(context: RouteContext, kind: Prediction["kind"]): Promise<Response> {
  const { sandbox } = context;
  const prediction = requirePrediction(context, kind);
  const fault = await answerFault(sandbox.faults.take("get", prediction.input));
  return fault ?? json(200, serialize(context, prediction));
}

/**
 * Lists predictions or trainings, newest first and without logs. The time in `created_after` is included, and the time in
 * `created_before` is not.
 */
async function list(context: RouteContext, kind: Prediction["kind"]): Promise<Response> {
  const { sandbox, url } = context;
  const fault = await answerFault(sandbox.faults.take("list", {}));
  if (fault) return fault;
  const after = Date.parse(url.searchParams.get("created_after") ?? "");
  const before = Date.parse(url.searchParams.get("created_before") ?? "");
  const source = url.searchParams.get("source");
  const predictions = sandbox.state.predictions.list().filter((prediction) => {
    const created = Date.parse(prediction.created_at);
    return prediction.kind === kind && !(created < after) && !(created >= before) && source !== "web";
  });
  return paginate(
    context,
    predictions,
    (prediction) => prediction.created_at,
    (prediction) => {
      removeExpired(prediction, sandbox.state, sandbox.clock);
      return { ...serialize(context, prediction), logs: undefined };
    },
  );
}

/**
 * Cancels a prediction or training. A prediction that has ended does not change. The body of the request is ignored, because
 * Replicate's client sends an empty body, which is not valid JSON.
 */
async function cancel(context: RouteContext, kind: Prediction["kind"]): Promise<Response> {
  const { sandbox } = context;
  const prediction = requirePrediction(context, kind);
  const fault = sandbox.faults.take("cancel", prediction.input) ?? {};
  await pause(fault.delay ?? 0);
  if (fault.status) return errorWithStatus(fault.status);
  if (fault.race) await sandbox.lifecycle.finishNow(prediction.id);
  if (!isTerminal(prediction)) sandbox.lifecycle.cancel(prediction);
  return json(200, serialize(context, prediction));
}

export function getPrediction(context: RouteContext): Promise<Response> {
  return get(context, "prediction");
}

export function getTraining(context: RouteContext): Promise<Response> {
  return get(context, "training");
}

export function listPredictions(context: RouteContext): Promise<Response> {
  return list(context, "prediction");
}

export function listTrainings(context: RouteContext): Promise<Response> {
  return list(context, "training");
}

export function cancelPrediction(context: RouteContext): Promise<Response> {
  return cancel(context, "prediction");
}

export function cancelTraining(context: RouteContext): Promise<Response> {
  return cancel(context, "training");
}

/**
 * POST /models/:owner/:name/versions/:version/trainings: starts a training. A training runs like a prediction, but its output is
 * a new version.
 */
export async function createTraining({ sandbox, request, param, logEntry }: RouteContext): Promise<Response> {
  const found = findVersion(sandbox.state, `${param("owner")}/${param("name")}:${param("version")}`);
  if (!found) return notFound();
  const body = await readBody(request);
  const { schemas } = found.version;
  const input = schemas.TrainingInput ? { $ref: "#/components/schemas/TrainingInput" } : { type: "object" };
  validateCreate(body, ["destination", "input"], { destination: { type: "string" }, input }, schemas);
  if (!sandbox.state.models.get(String(body.destination))) {
    return problem(404, undefined, "The specified training destination does not exist");
  }
  const training = startPrediction(sandbox, body, {
    kind: "training",
    model: found.model.id,
    version: found.version.id,
    runs: found.version.id,
    destination: String(body.destination),
  });
  logEntry.prediction = training.id;
  // As at Replicate, the response to this request has no `output` and no `data_removed`. All other responses with a training have
  // these two members.
  return json(201, { ...serializePrediction(training, sandbox.origin), output: undefined, data_removed: undefined });
}
