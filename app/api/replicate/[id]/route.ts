import { readAs, requireReader, requireUser } from "@/lib/auth";
import { json, notModified, methodNotAllowed, route } from "@/lib/http";
import { cancelPrediction } from "@/lib/predictions/advance";
import { pollBeyondResponse } from "@/lib/predictions/poll-until-done";
import { getPrediction, newsSince, type Tagged } from "@/lib/predictions/queries";
import type { Prediction } from "@/lib/predictions/schema";
import { LongPoll } from "@/lib/predictions/live-updates/long-poll";
import { requireId, ifNoneMatch, notFound, waitSeconds } from "@/lib/request-params";
import { createUserClient } from "@/lib/supabase/user-client";

export const maxDuration = 300;

const polls = new LongPoll<Tagged<Prediction>>();

/**
 * Returns a prediction. With `If-None-Match` and `Prefer: wait=n`, responds as soon as the prediction has changed, or with 304
 * after n seconds without a change.
 */
export const GET = route(async (request, context: RouteContext<"/api/replicate/[id]">) => {
  const id = await requireId(context);
  const client = await createUserClient(request);
  const known = ifNoneMatch(request);
  const found = await polls.wait({
    user: requireReader(request, id),
    id,
    seconds: waitSeconds(request),
    signal: request.signal,
    // Each read verifies the user again. The request may stay open for a minute, and a user who signs out must get no more data.
    read: async () => {
      const [, prediction] = await readAs(requireUser(request), () => getPrediction(client, id));
      return prediction ?? notFound();
    },
    isNews: newsSince(known),
  });
  return found ? json(found.value, { headers: { etag: found.etag } }) : notModified(known ?? "");
});

/** Cancels a prediction, in our database and at Replicate. Returns the prediction. */
export const DELETE = route(async (request, context: RouteContext<"/api/replicate/[id]">) => {
  const id = await requireId(context);
  const user = await requireReader(request, id);
  if (!(await cancelPrediction(user, id))) notFound();
  pollBeyondResponse(id);
  const found = (await getPrediction(await createUserClient(request), id)) ?? notFound();
  return json(found.value, { headers: { etag: found.etag } });
});

export const { OPTIONS, POST, PUT, PATCH } = methodNotAllowed("GET", "HEAD", "DELETE");
