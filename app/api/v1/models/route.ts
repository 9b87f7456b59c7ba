import { isVisible } from "@/lib/models/visibility";
import { lookUp } from "@/lib/api-v1/look-up";
import { toPage } from "@/lib/api-v1/list-page";
import { CURSOR, readQuery } from "@/lib/api-v1/read-query";
import { refuseModelChange } from "@/lib/api-v1/refused-operations";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

const RULES = {
  sort_by: /^(model_created_at|latest_version_created_at)$/,
  sort_direction: /^(asc|desc)$/,
  cursor: CURSOR,
};

/**
 * Lists Replicate's public models. A search uses the method QUERY, which Next's route handlers do not support. So proxy.ts
 * handles searches.
 */
export const GET = apiRoute("read", async (request, caller) => {
  const body = await lookUp(caller, { path: ["models"], params: readQuery(request, RULES) });
  return apiJson(toPage(request, body, isVisible));
});

export { refuseModelChange as POST };
export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods("GET", "POST");
