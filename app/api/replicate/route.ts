import { after } from "next/server";
import { requireUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { json, notModified, methodNotAllowed, readBody, route } from "@/lib/http";
import { countRead } from "@/lib/limits/count-requests";
import { createPrediction } from "@/lib/predictions/create";
import { pollUntilDone } from "@/lib/predictions/poll";
import { isFinished } from "@/lib/predictions/status";
import {
  getPrediction,
  listPredictions,
  readRunningFor,
  getNewestTag,
  type Running,
  type Tagged,
} from "@/lib/predictions/queries";
import { NewPrediction, type Prediction } from "@/lib/predictions/schema";
import { LongPoll } from "@/lib/predictions/long-poll";
import { parseIdempotencyKey, ifNoneMatch, pageCursor, pageLimit, waitSeconds } from "@/lib/request-params";
import { createUserClient } from "@/lib/supabase/user-client";

export const maxDuration = 300;

/** Response header with the user's id: a page that is still open for another user must ignore the list. */
const OWNER = "x-user";
const createdPolls = new LongPoll<Tagged<Prediction> | null>();
const runningPolls = new LongPoll<Running>();

/** Starts a prediction. With `Prefer: wait=n`, it responds when the prediction has finished, or after n seconds. */
export const POST = route(async (request) => {
  const user = await requireUser(request);
  const body = await readBody(request, NewPrediction);
  const created = await createPrediction(user, body, parseIdempotencyKey(request.headers.get("idempotency-key")));
  after(() => pollUntilDone(created.id));

  const finished = await untilFinished(user.id, created.id, request);
  return json(finished ?? created, { status: 201, headers: { location: created.urls.get } });
});

/** Returns a page of the user's predictions, newest first. `status=active` is a long poll for the running ones. */
export const GET = route(async (request) => {
  const user = await requireUser(request);
  countRead(user.id, "list");
  const status = new URL(request.url).searchParams.get("status");
  if (status !== null && status !== "active") throw new AppError("invalid_query", "status must be active.");
  return status === null ? listPage(request, user.id) : waitForRunning(request, user.id);
});

async function listPage(request: Request, userId: string): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const [cursor, limit, client] = [pageCursor(query), pageLimit(query, 30), await createUserClient(request)];
  const owner = { [OWNER]: userId };
  // Read before the page: if a prediction changes between the two reads, the next request gets a new tag.
  const etag = cursor ? null : await getNewestTag(client, userId, limit);
  if (etag && etag === ifNoneMatch(request)) return notModified(etag, owner);
  const page = await listPredictions(userId, { cursor, limit, client });
  return json({ ...page, previous: null }, { headers: etag ? { ...owner, etag } : owner });
}

async function waitForRunning(request: Request, userId: string): Promise<Response> {
  const known = ifNoneMatch(request);
  const owner = { [OWNER]: userId };
  const found = await runningPolls.wait({
    userId,
    id: userId,
    seconds: waitSeconds(request),
    signal: request.signal,
    read: readRunningFor(await createUserClient(request), userId),
    isNews: ({ etag }) => etag !== known,
  });
  if (!found) return notModified(known ?? "", owner);
  return json({ results: found.value, next: null, previous: null }, { headers: { ...owner, etag: found.etag } });
}

async function untilFinished(userId: string, id: string, request: Request): Promise<Prediction | null> {
  const seconds = waitSeconds(request);
  if (seconds === 0) return null;
  const client = await createUserClient(request);
  const found = await createdPolls.wait({
    userId,
    id,
    seconds,
    signal: request.signal,
    read: () => getPrediction(client, id),
    isNews: (prediction) => prediction !== null && isFinished(prediction.value.status),
  });
  return found?.value ?? null;
}

export const { OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD", "POST");
