import { AppError } from "@/lib/errors";
import { lookUpSearch } from "@/lib/api-v1/look-up";
import { readQuery } from "@/lib/api-v1/read-query";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

const RULES = { query: /^[^]{0,1000}$/, limit: /^([1-9]|[1-4]\d|50)$/ };

/** Searches Replicate's models, collections and web pages. */
export const GET = apiRoute("read", async (request, caller) => {
  const params = readQuery(request, RULES);
  if (!params["query"]) throw new AppError("invalid_query", 'Query parameter "query" is required');
  return apiJson(await lookUpSearch(caller, params));
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
