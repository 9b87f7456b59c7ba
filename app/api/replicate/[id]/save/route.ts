import { requireReader } from "@/lib/auth";
import { json, methodNotAllowed, route } from "@/lib/http";
import { pollBeyondResponse } from "@/lib/predictions/poll-until-done";
import { getPrediction } from "@/lib/predictions/queries";
import { requestSave } from "@/lib/predictions/rows";
import { requireId, notFound } from "@/lib/request-params";
import { createUserClient } from "@/lib/supabase/user-client";

export const maxDuration = 300;

/**
 * Saves all files of a prediction with the `save_error` `too_many`. Until this request, only the first files are saved, because
 * there are too many. This works only while Replicate still has the files. With any other `save_error`, saves nothing. Returns
 * the prediction.
 */
export const POST = route(async (request, context: RouteContext<"/api/replicate/[id]/save">) => {
  const id = await requireId(context);
  const user = await requireReader(request, id);
  if (!(await requestSave(id, user.id))) notFound();
  pollBeyondResponse(id);
  const found = (await getPrediction(await createUserClient(request), id)) ?? notFound();
  return json(found.value, { headers: { etag: found.etag } });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
