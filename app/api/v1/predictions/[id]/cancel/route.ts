import { describePrediction } from "@/lib/api-v1/predictions/describe";
import { findOwnPrediction } from "@/lib/api-v1/predictions/queries";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";
import { countRead } from "@/lib/limits/request-limits";
import { cancelPrediction } from "@/lib/predictions/advance";
import { pollBeyondResponse } from "@/lib/predictions/poll-until-done";
import { appOrigin, notFound, requireId } from "@/lib/request-params";

export const maxDuration = 300;

/** Cancels one of the caller's predictions. A prediction that has ended does not change. The body of the request is ignored. */
export const POST = apiRoute(
  "predict",
  async (request, caller, context: RouteContext<"/api/v1/predictions/[id]/cancel">) => {
    const id = await requireId(context);
    countRead(caller.id, id);
    if (!(await cancelPrediction(caller, id))) notFound();
    pollBeyondResponse(id);
    const row = (await findOwnPrediction(caller.id, id)) ?? notFound();
    return apiJson(await describePrediction(row, appOrigin(request.headers)));
  },
);

export const { OPTIONS, GET, PUT, PATCH, DELETE } = otherMethods("POST");
