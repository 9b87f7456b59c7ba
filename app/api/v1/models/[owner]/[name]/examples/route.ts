import { lookUpPart, type ModelContext } from "@/lib/api-v1/look-up";
import { toPage } from "@/lib/api-v1/list-page";
import { CURSOR, readQuery } from "@/lib/api-v1/read-query";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

/** Lists the examples of a model: predictions that its author has chosen. */
export const GET = apiRoute<ModelContext>("read", async (request, caller, context) => {
  const params = readQuery(request, { cursor: CURSOR });
  return apiJson(toPage(request, await lookUpPart(caller, context, ["examples"], { params })));
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
