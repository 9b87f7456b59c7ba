import { pause } from "./clock.ts";
import { page } from "./cursor.ts";
import { json, notFound, Refusal } from "./errors.ts";
import { faultAnswer } from "./fault-answers.ts";
import type { Rule } from "./faults.ts";
import { isTerminal, showPrediction, type Prediction } from "./prediction.ts";
import { removeExpired } from "./retention.ts";
import type { Call } from "./sandbox.ts";

/** The prediction or training the path names; a 404 `Refusal` when there is none of that kind. */
function requirePrediction({ sandbox, param, asked }: Call, kind: Prediction["kind"]): Prediction {
  const prediction = sandbox.state.predictions.get(param("id"));
  // Replicate's own sample of a training has its `get` under /predictions.
  if (!prediction || (kind === "training" && prediction.kind !== kind)) throw new Refusal(notFound());
  asked.prediction = prediction.id;
  removeExpired(prediction, sandbox.state, sandbox.clock);
  return prediction;
}

async function readFault(fault: Rule["get"]): Promise<Response | null> {
  await pause(fault?.delay ?? 0);
  if (fault?.drop) return Response.error();
  return fault?.status ? faultAnswer(fault.status, fault.retry_after) : null;
}

async function get(call: Call, kind: Prediction["kind"]): Promise<Response> {
  const { sandbox } = call;
  const prediction = requirePrediction(call, kind);
  const fault = await readFault(sandbox.faults.take("get", prediction.input));
  return fault ?? json(200, showPrediction(prediction, sandbox.origin));
}

/** Newest first; `created_after` is inclusive, `created_before` is not. Items come without their logs. */
async function list(call: Call, kind: Prediction["kind"]): Promise<Response> {
  const { sandbox, url } = call;
  const fault = await readFault(sandbox.faults.take("list", {}));
  if (fault) return fault;
  const after = Date.parse(url.searchParams.get("created_after") ?? "");
  const before = Date.parse(url.searchParams.get("created_before") ?? "");
  const source = url.searchParams.get("source");
  const predictions = sandbox.state.predictions.list().filter((prediction) => {
    const created = Date.parse(prediction.created_at);
    return prediction.kind === kind && !(created < after) && !(created >= before) && source !== "web";
  });
  return page(
    call,
    predictions,
    (prediction) => prediction.created_at,
    (prediction) => {
      removeExpired(prediction, sandbox.state, sandbox.clock);
      return { ...showPrediction(prediction, sandbox.origin), logs: undefined };
    },
  );
}

/** The body is empty and is not read. Canceling what has ended changes nothing. */
async function cancel(call: Call, kind: Prediction["kind"]): Promise<Response> {
  const { sandbox } = call;
  const prediction = requirePrediction(call, kind);
  const fault = sandbox.faults.take("cancel", prediction.input) ?? {};
  await pause(fault.delay ?? 0);
  if (fault.status) return faultAnswer(fault.status);
  if (fault.race) await sandbox.lifecycle.hurry(prediction.id);
  if (!isTerminal(prediction)) sandbox.lifecycle.cancel(prediction);
  return json(200, showPrediction(prediction, sandbox.origin));
}

export function getPrediction(call: Call): Promise<Response> {
  return get(call, "prediction");
}

export function getTraining(call: Call): Promise<Response> {
  return get(call, "training");
}

export function listPredictions(call: Call): Promise<Response> {
  return list(call, "prediction");
}

export function listTrainings(call: Call): Promise<Response> {
  return list(call, "training");
}

export function cancelPrediction(call: Call): Promise<Response> {
  return cancel(call, "prediction");
}

export function cancelTraining(call: Call): Promise<Response> {
  return cancel(call, "training");
}
