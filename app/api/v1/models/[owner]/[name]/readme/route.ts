import { lookUpPart, type ModelContext } from "@/lib/api-v1/look-up";
import { apiRoute, apiText, otherMethods } from "@/lib/api-v1/route-wrappers";

/** Returns the README of a model, as Markdown. */
export const GET = apiRoute<ModelContext>("read", async (_request, caller, context) =>
  apiText(String(await lookUpPart(caller, context, ["readme"], { isText: true }))),
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
