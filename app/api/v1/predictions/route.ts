import { createForCaller } from "@/lib/gateway/predictions/create";
import { describePrediction } from "@/lib/gateway/predictions/describe";
import { listForCaller } from "@/lib/gateway/predictions/list";
import { readNewPrediction, VersionBody } from "@/lib/gateway/predictions/new-prediction";
import { apiJson, apiRoute, otherMethods } from "@/lib/gateway/route";
import { countRead } from "@/lib/limits/request-limits";
import { appOrigin } from "@/lib/request-params";

export const maxDuration = 300;

/** Starts a prediction of a version, as in Replicate's API. With `Prefer: wait=n`, waits until it has ended. */
export const POST = apiRoute("predict", async (request, caller) => {
  const { version, ...body } = await readNewPrediction(request, VersionBody);
  const { row, status } = await createForCaller(request, caller, version, body);
  const prediction = await describePrediction(row, appOrigin(request.headers));
  return apiJson(prediction, { status, headers: { location: prediction.urls.get } });
});

/** Returns a page of the caller's predictions, newest first. */
export const GET = apiRoute("read", async (request, caller) => {
  countRead(caller.id, "list");
  return apiJson(await listForCaller(request, caller.id));
});

export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods("GET", "POST");
