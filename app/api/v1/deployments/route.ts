import { EMPTY_PAGE } from "@/lib/api-v1/list-page";
import { refuse } from "@/lib/api-v1/refused-operations";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

/** Returns an empty list, because deployments cannot be created through this API. */
export const GET = apiRoute("read", async () => apiJson(EMPTY_PAGE));

export const POST = refuse("manage", "Deployments cannot be created through this API.");

export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods("GET", "POST");
