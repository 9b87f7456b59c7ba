import type { Call } from "../http/call.ts";
import { deleteFactor, requireFactor } from "../factors/verify.ts";
import { presentFactor } from "../users/present-user.ts";
import { requireTarget } from "./users.ts";

/** GET /admin/users/:id/factors */
export async function listFactors(call: Call): Promise<Response> {
  const { factors } = await requireTarget(call);
  return Response.json(factors.map(presentFactor));
}

/** DELETE /admin/users/:id/factors/:id: removes an authenticator app that the user has lost. */
export async function removeUserFactor(call: Call) {
  const factor = requireFactor(call, await requireTarget(call));
  await deleteFactor(call, factor.id);
  return presentFactor(factor);
}
