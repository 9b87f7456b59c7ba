import { lookUpPart, type ModelContext } from "@/lib/gateway/look-up";
import { apiRoute, apiText, otherMethods } from "@/lib/gateway/route";

/** Returns the README of a model, as Markdown. */
export const GET = apiRoute<ModelContext>("read", async (_request, caller, context) =>
  apiText(String(await lookUpPart(caller, context, ["readme"], { isText: true }))),
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
