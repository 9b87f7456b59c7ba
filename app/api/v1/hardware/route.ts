import { lookUp } from "@/lib/api-v1/look-up";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

/** Lists the hardware that runs models. As at Replicate, the response is an array, not a page with `next` and `results`. */
export const GET = apiRoute("read", async (_request, caller) => apiJson(await lookUp(caller, { path: ["hardware"] })));

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
