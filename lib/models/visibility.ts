import "server-only";
import { z } from "zod";
import { lookUp } from "./look-up";
import { parseModelRef } from "./ref";

const PublicModel = z.looseObject({ visibility: z.literal("public") });

/**
 * Whether a user may see and run a model, which is given as Replicate's API returns it. Every model of Replicate's API must be
 * checked, because the installation's token also sees the private models of its account. A model without the field `visibility`
 * counts as private.
 */
export function isVisible(_user: { id: string }, model: unknown): model is Record<string, unknown> {
  return PublicModel.safeParse(model).success;
}

/**
 * Returns the model `owner/name` as Replicate's API returns it. Returns null if it does not exist or the user may not see it: for
 * the user this must be the same. Throws `rate_limited` or `provider_unavailable`.
 */
export async function findVisibleModel(user: { id: string }, name: string): Promise<Record<string, unknown> | null> {
  if (parseModelRef(name)?.model !== name) return null;
  const model = await lookUp(user.id, { path: ["models", ...name.split("/")] });
  return isVisible(user, model) ? model : null;
}
