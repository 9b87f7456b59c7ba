import { EMPTY_PAGE } from "@/lib/api-v1/list-page";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

/** Lists the caller's trainings. There are none, because models cannot be trained through this API. */
export const GET = apiRoute("read", async () => apiJson(EMPTY_PAGE));

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
