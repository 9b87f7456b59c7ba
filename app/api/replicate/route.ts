import type { SupabaseClient } from "@supabase/supabase-js";
import { readAs, requireReader, requireUser, type User } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { json, notModified, methodNotAllowed, readBodyWithFiles, route } from "@/lib/http";
import { countRead } from "@/lib/limits/request-limits";
import { seedIn } from "@/lib/models/inputs/seeds";
import { createPrediction } from "@/lib/predictions/create";
import { createOrReuse } from "@/lib/predictions/create-or-reuse";
import { pollBeyondResponse } from "@/lib/predictions/poll-until-done";
import { isFinished } from "@/lib/predictions/status";
import {
  getPrediction,
  listPredictions,
  readRunning,
  getNewestTag,
  newsSince,
  type Running,
  type Tagged,
} from "@/lib/predictions/queries";
import { CreateBody } from "@/lib/predictions/input/new-prediction";
import type { Prediction } from "@/lib/predictions/schema";
import { LongPoll, stopIfDatabaseFails } from "@/lib/predictions/live-updates/long-poll";
import { parseIdempotencyKey, ifNoneMatch, pageCursor, pageLimit, waitSeconds } from "@/lib/request-params";
import { createUserClient } from "@/lib/supabase/user-client";

export const maxDuration = 300;

/**
 * The response header with the id of the user whose predictions are listed. The browser ignores the list if the page was loaded
 * for another user.
 */
const OWNER = "x-user";
const createdPolls = new LongPoll<Tagged<Prediction> | null>();
const runningPolls = new LongPoll<Running>();

/**
 * Starts a prediction and responds with 201. With `Prefer: wait=n`, responds when the prediction has finished, or after n
 * seconds. With `reuse: true`, responds with 200 and an earlier prediction if the user made the same request in the last 24
 * hours. Only a request that names a model or version, and whose input has a seed, can reuse a prediction.
 */
export const POST = route(async (request) => {
  const user = await requireUser(request);
  const { reuse, ...body } = await readBodyWithFiles(request, CreateBody);
  // A request without a model and version never reuses a prediction, because the default model may have changed since the earlier
  // request.
  const mayReuse = reuse && (body.model ?? body.version) !== undefined && seedIn(body.input) !== null;
  if (mayReuse) countRead(user.id, "reuse");
  const key = parseIdempotencyKey(request.headers.get("idempotency-key"));
  const { prediction, isNew } = mayReuse
    ? await createOrReuse(user, body, key)
    : { prediction: await createPrediction(user, body, key), isNew: true };
  const seconds = waitSeconds(request);
  pollBeyondResponse(prediction.id, { isAwaited: seconds > 0 });
  const finished =
    seconds > 0 ? await untilFinished(user, prediction.id, seconds, request).catch(stopIfDatabaseFails) : null;
  return json(finished ?? prediction, { status: isNew ? 201 : 200, headers: { location: prediction.urls.get } });
});

/**
 * Returns a page of the user's predictions, newest first. With `status=active`, returns only the predictions that are running or
 * being saved. With `status=active`, `If-None-Match` and `Prefer: wait=n`, waits up to n seconds until one of these predictions
 * changes.
 */
export const GET = route(async (request) => {
  const client = await createUserClient(request);
  const reader = requireReader(request, "list");
  const status = new URL(request.url).searchParams.get("status");
  if (status === "active") return waitForRunning(request, client, reader);
  if (status === null) return listPage(request, client, reader);
  await reader;
  throw new AppError("invalid_query", 'The parameter "status" must be "active".');
});

async function listPage(request: Request, client: SupabaseClient, reader: Promise<User>): Promise<Response> {
  const [user, { cursor, limit, etag }] = await readAs(reader, async () => {
    const query = new URL(request.url).searchParams;
    const page = { cursor: pageCursor(query), limit: pageLimit(query, 30) };
    // The ETag is read before the predictions. If a prediction changes between the two reads, the client gets an ETag that is too
    // old, and its next request gets the predictions again. With an ETag that is too new, the client would miss the change.
    return { ...page, etag: page.cursor ? null : await getNewestTag(client, page.limit) };
  });
  const owner = { [OWNER]: user.id };
  if (etag && etag === ifNoneMatch(request)) return notModified(etag, owner);
  const page = await listPredictions(user.id, { cursor, limit, client });
  return json({ ...page, previous: null }, { headers: etag ? { ...owner, etag } : owner });
}

async function waitForRunning(request: Request, client: SupabaseClient, reader: Promise<User>): Promise<Response> {
  const known = ifNoneMatch(request);
  const found = await runningPolls.wait({
    user: reader,
    seconds: waitSeconds(request),
    signal: request.signal,
    // Each read verifies the user again. The request may stay open for a minute, and a user who signs out must get no more data.
    read: async (...change) => (await readAs(requireUser(request), () => readRunning(client, ...change)))[1],
    isNews: newsSince(known),
  });
  const owner = { [OWNER]: (await reader).id };
  if (!found) return notModified(known ?? "", owner);
  return json({ results: found.value, next: null, previous: null }, { headers: { ...owner, etag: found.etag } });
}

async function untilFinished(user: User, id: string, seconds: number, request: Request): Promise<Prediction | null> {
  const client = await createUserClient(request);
  const found = await createdPolls.wait({
    user: Promise.resolve(user),
    id,
    seconds,
    signal: request.signal,
    read: () => getPrediction(client, id),
    isNews: (prediction) => prediction !== null && isFinished(prediction.value.status),
  });
  return found?.value ?? null;
}

export const { OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD", "POST");
