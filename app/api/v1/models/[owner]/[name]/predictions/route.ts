import { createByName, respondWithCreated } from "@/lib/api-v1/predictions/create";
import { ModelBody, readNewPrediction } from "@/lib/api-v1/predictions/new-prediction";
import { apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

export const maxDuration = 300;

/**
 * Starts a prediction of a model, as in Replicate's API. With `Prefer: wait=n`, waits up to n seconds until the prediction has
 * ended.
 */
export const POST = apiRoute(
  "predict",
  async (request, caller, { params }: RouteContext<"/api/v1/models/[owner]/[name]/predictions">) => {
    const { owner, name } = await params;
    const body = await readNewPrediction(request, ModelBody);
    return respondWithCreated(request, await createByName(request, caller, `${owner}/${name}`, body));
  },
);

export const { OPTIONS, GET, PUT, PATCH, DELETE } = otherMethods("POST");
