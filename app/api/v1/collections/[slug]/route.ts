import { lookUpCollection } from "@/lib/api-v1/look-up";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

type Context = { params: Promise<{ slug: string }> };

/** Returns a collection with its models. */
export const GET = apiRoute<Context>("read", async (_request, caller, { params }) =>
  apiJson(await lookUpCollection(caller, (await params).slug)),
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
