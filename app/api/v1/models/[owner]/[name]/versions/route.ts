import { lookUpPart, type ModelContext } from "@/lib/gateway/look-up";
import { toPage } from "@/lib/gateway/page";
import { CURSOR, readQuery } from "@/lib/gateway/read-query";
import { apiJson, apiRoute, otherMethods } from "@/lib/gateway/route";

/** Lists the versions of a model, newest first. */
export const GET = apiRoute<ModelContext>("read", async (request, caller, context) => {
  const params = readQuery(request, { cursor: CURSOR });
  return apiJson(toPage(request, await lookUpPart(caller, context, ["versions"], { params })));
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
