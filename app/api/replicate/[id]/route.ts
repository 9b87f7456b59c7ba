import { after } from "next/server";
import { requireUser } from "@/lib/auth";
import { json, notModified, otherMethods, route } from "@/lib/http";
import { countRead } from "@/lib/limits/reads";
import { cancelPrediction } from "@/lib/predictions/cancel";
import { follow } from "@/lib/predictions/follow";
import { getPrediction } from "@/lib/predictions/queries";
import { watch } from "@/lib/predictions/watch";
import { idOf, knownTag, notFound, waitSeconds } from "@/lib/request";
import { createUserClient } from "@/lib/supabase/server";

export const maxDuration = 300;

type Context = { params: Promise<{ id: string }> };

/** One prediction. With `If-None-Match` and `Prefer: wait=n` the answer comes the moment it changes. */
export const GET = route(async (request, context: Context) => {
  const id = await idOf(context);
  const user = await requireUser(request);
  countRead(user.id, id);
  const client = await createUserClient(request);
  const known = knownTag(request);
  const look = async () => (await getPrediction(client, id)) ?? notFound();
  const found = await watch(id, look, { known, seconds: waitSeconds(request), signal: request.signal });
  return found ? json(found.value, { headers: { etag: found.etag } }) : notModified(known ?? "");
});

/** Cancels it, here and at Replicate. */
export const DELETE = route(async (request, context: Context) => {
  const id = await idOf(context);
  const user = await requireUser(request);
  countRead(user.id, id);
  if (!(await cancelPrediction(user, id))) notFound();
  after(() => follow(id));
  const found = (await getPrediction(await createUserClient(request), id)) ?? notFound();
  return json(found.value, { headers: { etag: found.etag } });
});

export const { OPTIONS, POST, PUT, PATCH } = otherMethods("GET", "HEAD", "DELETE");
