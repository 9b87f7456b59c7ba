import { EMPTY_PAGE } from "@/lib/api-v1/list-page";
import { refuse } from "@/lib/api-v1/refused-operations";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

/** Lists the caller's deployments. There are none, because they cannot be created through this API. */
export const GET = apiRoute("read", async () => apiJson(EMPTY_PAGE));

export const POST = refuse("manage", "Deployments cannot be created through this API.");

export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods("GET", "POST");
