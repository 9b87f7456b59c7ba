import { lookUp } from "@/lib/gateway/look-up";
import { toPage } from "@/lib/gateway/page";
import { CURSOR, readQuery } from "@/lib/gateway/read-query";
import { apiJson, apiRoute, otherMethods } from "@/lib/gateway/route";

/** Lists Replicate's collections of models. */
export const GET = apiRoute("read", async (request, caller) => {
  const body = await lookUp(caller, { path: ["collections"], params: readQuery(request, { cursor: CURSOR }) });
  return apiJson(toPage(request, body));
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
