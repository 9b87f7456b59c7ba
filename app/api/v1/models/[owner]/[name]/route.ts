import { lookUpModel, type ModelContext } from "@/lib/api-v1/look-up";
import { refuseModelChange } from "@/lib/api-v1/refused-operations";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

/** Returns a model, in the format of Replicate's API. */
export const GET = apiRoute<ModelContext>("read", async (_request, caller, context) =>
  apiJson(await lookUpModel(caller, context)),
);

export { refuseModelChange as PATCH, refuseModelChange as DELETE };
export const { OPTIONS, POST, PUT } = otherMethods("GET", "PATCH", "DELETE");
