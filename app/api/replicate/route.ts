import { after } from "next/server";
import { requireUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { json, notModified, methodNotAllowed, readBody, route } from "@/lib/http";
import { countRead } from "@/lib/limits/limits";
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
import { parseIdempotencyKey, ifNoneMatch, pageCursor, pageLimit, waitSeconds } from "@/lib/params";
import { createUserClient } from "@/lib/supabase/user-client";

export const maxDuration = 300;

const createdPolls = new LongPoll<Tagged<Prediction> | null>();
const runningPolls = new LongPoll<Running>();

/** Starts a prediction. With `Prefer: wait=n` the answer comes when it has finished, or as it stands after n seconds. */
export const POST = route(async (request) => {
  const user = await requireUser(request);
  const body = await readBody(request, NewPrediction);
  const created = await createPrediction(user, body, parseIdempotencyKey(request.headers.get("idempotency-key")));
  after(() => pollUntilDone(created.id));

  const finished = await untilFinished(user.id, created.id, request);
  return json(finished ?? created, { status: 201, headers: { location: created.urls.get } });
});

/** The caller's predictions, newest first, `?limit=` of them a page, with a tag of the first one; with `status=active` those that are still going on, as a long poll. `X-User` says whose they are. */
export const GET = route(async (request) => {
  const user = await requireUser(request);
  countRead(user.id, "list");
  const client = await createUserClient(request);
  const query = new URL(request.url).searchParams;
  // A page that was drawn for somebody else must not take these for theirs.
  const whose = { "x-user": user.id };
  if (query.get("status") !== "active") {
    if (query.has("status")) throw new AppError("invalid_query", "status must be active.");
    const [cursor, limit] = [pageCursor(query), pageLimit(query, 30)];
    // Read before the page: what changes meanwhile is news next time.
    const etag = cursor ? null : await getNewestTag(client, user.id, limit);
    if (etag && etag === ifNoneMatch(request)) return notModified(etag, whose);
    const page = await listPredictions(user.id, { cursor, limit, client });
    return json({ ...page, previous: null }, { headers: etag ? { ...whose, etag } : whose });
  }

  const known = ifNoneMatch(request);
  const found = await runningPolls.wait({
    userId: user.id,
    id: user.id,
    seconds: waitSeconds(request),
    signal: request.signal,
    read: readRunningFor(client, user.id),
    isNews: ({ etag }) => etag !== known,
  });
  if (!found) return notModified(known ?? "", whose);
  return json({ results: found.value, next: null, previous: null }, { headers: { ...whose, etag: found.etag } });
});

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
