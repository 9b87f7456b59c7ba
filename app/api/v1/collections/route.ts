import { lookUp } from "@/lib/api-v1/look-up";
import { toPage } from "@/lib/api-v1/list-page";
import { CURSOR, readQuery } from "@/lib/api-v1/read-query";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

/** Lists Replicate's collections of models. */
export const GET = apiRoute("read", async (request, caller) => {
  const body = await lookUp(caller, { path: ["collections"], params: readQuery(request, { cursor: CURSOR }) });
  return apiJson(toPage(request, body));
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
