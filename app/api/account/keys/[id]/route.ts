import { requireRecentUser } from "@/lib/auth";
import { methodNotAllowed, noContent, route } from "@/lib/http";
import { revokeApiKey } from "@/lib/keys/own-keys";
import { requireId } from "@/lib/request-params";

/** Revokes an API key. Within five seconds, every server refuses the key. */
export const DELETE = route(async (request, context: RouteContext<"/api/account/keys/[id]">) => {
  const id = await requireId(context);
  const user = await requireRecentUser(request);
  await revokeApiKey(user.id, id);
  return noContent();
});

export const { OPTIONS, GET, POST, PUT, PATCH } = methodNotAllowed("DELETE");
