import { lookUpVersion } from "@/lib/api-v1/look-up";
import { refuseModelChange } from "@/lib/api-v1/refused-operations";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

type Context = { params: Promise<{ owner: string; name: string; version: string }> };

/** Returns a version of a model, with the schema of its input and output. */
export const GET = apiRoute<Context>("read", async (_request, caller, context) =>
  apiJson(await lookUpVersion(caller, context)),
);

export { refuseModelChange as DELETE };
export const { OPTIONS, POST, PUT, PATCH } = otherMethods("GET", "DELETE");
