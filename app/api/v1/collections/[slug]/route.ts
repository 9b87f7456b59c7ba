import { lookUpCollection } from "@/lib/gateway/look-up";
import { apiJson, apiRoute, otherMethods } from "@/lib/gateway/route";

type Context = { params: Promise<{ slug: string }> };

/** Returns a collection with its models. */
export const GET = apiRoute<Context>("read", async (_request, caller, { params }) =>
  apiJson(await lookUpCollection(caller, (await params).slug)),
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
