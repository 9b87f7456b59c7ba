import { EMPTY_PAGE } from "@/lib/api-v1/list-page";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

/** Returns an empty list, because models cannot be trained through this API. */
export const GET = apiRoute("read", async () => apiJson(EMPTY_PAGE));

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
