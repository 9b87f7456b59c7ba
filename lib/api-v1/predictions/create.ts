import "server-only";
import { AppError } from "@/lib/errors";
import { type Caller, requireCaller } from "@/lib/api-v1/caller";
import { apiJson } from "@/lib/api-v1/route-wrappers";
import { parseTarget } from "@/lib/api-v1/webhooks/target-url";
import { parseModelRef } from "@/lib/models/ref";
import { startPrediction } from "@/lib/predictions/create";
import { LongPoll, stopIfDatabaseFails } from "@/lib/predictions/live-updates/long-poll";
import { pollBeyondResponse } from "@/lib/predictions/poll-until-done";
import type { PredictionRow } from "@/lib/predictions/rows";
import { isFinished } from "@/lib/predictions/status";
import { appOrigin, notFound, parseIdempotencyKey, waitSeconds } from "@/lib/request-params";
import { cancelAfter } from "./cancel-after";
import { describePrediction } from "./describe";
import { findInputFile } from "./input-urls";
import type { ModelBody } from "./new-prediction";
import { findOwnPrediction } from "./queries";

const polls = new LongPoll<PredictionRow | null>();

/**
 * Starts a prediction. `version`: the id of a version, or a reference to a model. With `Prefer: wait=n`, waits at most n seconds
 * for the end of the prediction. The returned `status` is the HTTP status of our response: 202 if the prediction has not ended
 * within this time, otherwise 201. Throws `invalid_key`, and the errors of `startPrediction`.
 */
export async function createForCaller(request: Request, caller: Caller, version: string, body: ModelBody) {
  const { input, webhook, webhook_events_filter: webhookEvents } = body;
  const seconds = waitSeconds(request);
  const key = parseIdempotencyKey(request.headers.get("idempotency-key"));
  const created = await startPrediction(caller, { version, input }, key, {
    keyId: caller.key?.id ?? null,
    webhook: typeof webhook === "string" ? parseTarget(webhook).href : null,
    webhookEvents: webhookEvents ?? null,
    cancelAfter: cancelAfter(request),
    findFile: findInputFile(caller.id, request),
  });
  pollBeyondResponse(created.id, { isAwaited: seconds > 0 });
  if (seconds === 0) return { row: created, status: 201 };
  const ended = isFinished(created.status)
    ? created
    : await waitForEnd(request, caller, created.id, seconds).catch(stopIfDatabaseFails);
  return ended ? { row: ended, status: 201 } : { row: asCreated(created), status: 202 };
}

/**
 * Like `createForCaller`, for a request whose URL names the model. If the model does not exist, throws `not_found`, because
 * the URL does not exist either.
 */
export async function createByName(request: Request, caller: Caller, model: string, body: ModelBody) {
  if (parseModelRef(model)?.model !== model) notFound();
  return createForCaller(request, caller, model, body).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "unknown_model") notFound();
    throw error;
  });
}

/**
 * Returns the response to a request that has created a prediction. The body is the prediction, and the header `Location` is
 * its URL.
 */
export async function respondWithCreated(
  request: Request,
  { row, status }: { row: PredictionRow; status: number },
): Promise<Response> {
  const prediction = await describePrediction(row, appOrigin(request.headers));
  return apiJson(prediction, { status, headers: { location: prediction.urls.get } });
}

function waitForEnd(request: Request, caller: Caller, id: string, seconds: number): Promise<PredictionRow | null> {
  return polls.wait({
    user: Promise.resolve(caller),
    id,
    seconds,
    signal: request.signal,
    // Each read checks the caller again, because a key may be revoked while the request waits.
    read: async () => {
      await requireCaller(request, "predict");
      return findOwnPrediction(caller.id, id);
    },
    isNews: (row) => row !== null && isFinished(row.status),
  });
}

/**
 * Returns the prediction with the status `starting` and without output, as it was when it was created. Replicate's official
 * client treats any other status as the end of the prediction: if the status was `processing`, the client would return an
 * incomplete output.
 */
function asCreated(row: PredictionRow): PredictionRow {
  return { ...row, status: "starting", output: null, logs: "", started_at: null, metrics: null };
}
