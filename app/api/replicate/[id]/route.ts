import { after } from "next/server";
import { requireUser } from "@/lib/auth";
import { json, notModified, methodNotAllowed, route } from "@/lib/http";
import { countRead } from "@/lib/limits/count-requests";
import { cancelPrediction } from "@/lib/predictions/advance";
import { pollUntilDone } from "@/lib/predictions/poll";
import { getPrediction, type Tagged } from "@/lib/predictions/queries";
import type { Prediction } from "@/lib/predictions/schema";
import { LongPoll } from "@/lib/predictions/long-poll";
import { requireId, ifNoneMatch, notFound, waitSeconds } from "@/lib/request-params";
import { createUserClient } from "@/lib/supabase/user-client";

export const maxDuration = 300;

const polls = new LongPoll<Tagged<Prediction>>();

/** Returns a prediction. With `If-None-Match` and `Prefer: wait=n`, it responds as soon as the prediction changes. */
export const GET = route(async (request, context: RouteContext<"/api/replicate/[id]">) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  countRead(user.id, id);
  const client = await createUserClient(request);
  const known = ifNoneMatch(request);
  const found = await polls.wait({
    userId: user.id,
    id,
    seconds: waitSeconds(request),
    signal: request.signal,
    read: async () => (await getPrediction(client, id)) ?? notFound(),
    isNews: ({ etag }) => etag !== known,
  });
  return found ? json(found.value, { headers: { etag: found.etag } }) : notModified(known ?? "");
});

/** Cancels a prediction, here and at Replicate. */
export const DELETE = route(async (request, context: RouteContext<"/api/replicate/[id]">) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  countRead(user.id, id);
  if (!(await cancelPrediction(user, id))) notFound();
  after(() => pollUntilDone(id));
  const found = (await getPrediction(await createUserClient(request), id)) ?? notFound();
  return json(found.value, { headers: { etag: found.etag } });
});

export const { OPTIONS, POST, PUT, PATCH } = methodNotAllowed("GET", "HEAD", "DELETE");
