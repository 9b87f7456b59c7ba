import type { AuthRequest } from "../http/auth-request.ts";
import { deleteFactor, requireFactor } from "../factors/verify.ts";
import { presentFactor } from "../users/present-user.ts";
import { requireTarget } from "./users.ts";

/** GET /admin/users/:id/factors */
export async function listFactors(call: AuthRequest): Promise<Response> {
  const { factors } = await requireTarget(call);
  return Response.json(factors.map(presentFactor));
}

/** DELETE /admin/users/:id/factors/:id: removes an authenticator app that the user has lost. */
export async function removeUserFactor(call: AuthRequest) {
  const factor = requireFactor(call, await requireTarget(call));
  await deleteFactor(call, factor.id);
  return presentFactor(factor);
}
