import "server-only";
import { z } from "zod";
import { lookUp } from "./look-up";
import { parseModelRef } from "./ref";

const PublicModel = z.looseObject({ visibility: z.literal("public") });

/**
 * Whether users may see a model. `model` is an object from Replicate's API. Check every model from this API with this
 * function, because the installation's token can also read the private models of its account. A model without the field
 * `visibility` counts as private.
 */
export function isVisible(model: unknown): model is Record<string, unknown> {
  return PublicModel.safeParse(model).success;
}

/**
 * Returns the model `owner/name` as an object from Replicate's API. Returns null if the model does not exist, and also if the
 * user may not see it, so that the result does not reveal whether a private model exists. Throws `rate_limited` or
 * `provider_unavailable`.
 */
export async function findVisibleModel(user: { id: string }, name: string): Promise<Record<string, unknown> | null> {
  if (parseModelRef(name)?.model !== name) return null;
  const model = await lookUp(user.id, { path: ["models", ...name.split("/")] });
  return isVisible(model) ? model : null;
}
