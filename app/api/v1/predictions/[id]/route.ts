import { describePrediction } from "@/lib/api-v1/predictions/describe";
import { findOwnPrediction } from "@/lib/api-v1/predictions/queries";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";
import { countRead } from "@/lib/limits/request-limits";
import { appOrigin, notFound, requireId } from "@/lib/request-params";

/** Returns one of the caller's predictions. Each response has newly signed URLs of the files. */
export const GET = apiRoute("read", async (request, caller, context: RouteContext<"/api/v1/predictions/[id]">) => {
  const id = await requireId(context);
  countRead(caller.id, id);
  const row = (await findOwnPrediction(caller.id, id)) ?? notFound();
  return apiJson(await describePrediction(row, appOrigin(request.headers)));
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
