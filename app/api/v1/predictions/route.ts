import { createForCaller, respondWithCreated } from "@/lib/api-v1/predictions/create";
import { listForCaller } from "@/lib/api-v1/predictions/list";
import { readNewPrediction, VersionBody } from "@/lib/api-v1/predictions/new-prediction";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";
import { countRead } from "@/lib/limits/request-limits";

export const maxDuration = 300;

/**
 * Starts a prediction of a version, as in Replicate's API. With `Prefer: wait=n`, waits up to n seconds until the prediction has
 * ended.
 */
export const POST = apiRoute("predict", async (request, caller) => {
  const { version, ...body } = await readNewPrediction(request, VersionBody);
  return respondWithCreated(request, await createForCaller(request, caller, version, body));
});

/** Returns a page of the caller's predictions, newest first. */
export const GET = apiRoute("read", async (request, caller) => {
  countRead(caller.id, "list");
  return apiJson(await listForCaller(request, caller.id));
});

export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods("GET", "POST");
