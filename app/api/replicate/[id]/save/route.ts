import { after } from "next/server";
import { requireReader } from "@/lib/auth";
import { json, methodNotAllowed, route } from "@/lib/http";
import { pollUntilDone } from "@/lib/predictions/poll-until-done";
import { getPrediction } from "@/lib/predictions/queries";
import { requestSave } from "@/lib/predictions/rows";
import { requireId, notFound } from "@/lib/request-params";
import { createUserClient } from "@/lib/supabase/user-client";

export const maxDuration = 300;

/**
 * Saves the files of a prediction that were not saved because there were too many (`save_error` is `too_many`). This works only
 * while Replicate still has the files. If `save_error` has another value, saves nothing. Returns the prediction.
 */
export const POST = route(async (request, context: RouteContext<"/api/replicate/[id]/save">) => {
  const id = await requireId(context);
  const user = await requireReader(request, id);
  if (!(await requestSave(id, user.id))) notFound();
  after(() => pollUntilDone(id));
  const found = (await getPrediction(await createUserClient(request), id)) ?? notFound();
  return json(found.value, { headers: { etag: found.etag } });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
