import { requireValidCreate, startPrediction } from "./accept.ts";
import { findVersion } from "./catalog.ts";
import { json, notFound } from "./errors.ts";
import { showPrediction } from "./prediction.ts";
import { readBody } from "./read-body.ts";
import type { Call } from "./sandbox.ts";

/** POST /models/:owner/:name/versions/:version/trainings: a run like a prediction's that ends in a new version. */
export async function createTraining({ sandbox, request, param, asked }: Call): Promise<Response> {
  const found = findVersion(sandbox.state, `${param("owner")}/${param("name")}:${param("version")}`);
  if (!found) return notFound();
  const body = await readBody(request);
  requireValidCreate(body, ["destination", "input"], { destination: { type: "string" }, input: { type: "object" } });
  const training = startPrediction(sandbox, body, {
    kind: "training",
    model: found.model.id,
    version: found.version.id,
    runs: found.version.id,
    destination: String(body.destination),
  });
  asked.prediction = training.id;
  return json(201, showPrediction(training, sandbox.origin));
}
