import { createByName } from "@/lib/gateway/predictions/create";
import { describePrediction } from "@/lib/gateway/predictions/describe";
import { ModelBody, readNewPrediction } from "@/lib/gateway/predictions/new-prediction";
import { apiJson, apiRoute, otherMethods } from "@/lib/gateway/route";
import { appOrigin } from "@/lib/request-params";

export const maxDuration = 300;

/** Starts a prediction of a model, as in Replicate's API. With `Prefer: wait=n`, waits until it has ended. */
export const POST = apiRoute(
  "predict",
  async (request, caller, { params }: RouteContext<"/api/v1/models/[owner]/[name]/predictions">) => {
    const { owner, name } = await params;
    const body = await readNewPrediction(request, ModelBody);
    const { row, status } = await createByName(request, caller, `${owner}/${name}`, body);
    const prediction = await describePrediction(row, appOrigin(request.headers));
    return apiJson(prediction, { status, headers: { location: prediction.urls.get } });
  },
);

export const { OPTIONS, GET, PUT, PATCH, DELETE } = otherMethods("POST");
