import { lookUpPart, type ModelContext } from "@/lib/api-v1/look-up";
import { toPage } from "@/lib/api-v1/list-page";
import { CURSOR, readQuery } from "@/lib/api-v1/read-query";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

/** Lists the versions of a model, newest first. */
export const GET = apiRoute<ModelContext>("read", async (request, caller, context) => {
  const params = readQuery(request, { cursor: CURSOR });
  return apiJson(toPage(request, await lookUpPart(caller, context, ["versions"], { params })));
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
