import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, route } from "@/lib/http";
import { countRead } from "@/lib/limits/count-requests";
import { getUsage } from "@/lib/predictions/usage";

/** Returns what the user has used today and has left. */
export const GET = route(async (request) => {
  const user = await requireUser(request);
  countRead(user.id, "usage");
  return json(await getUsage(user.id));
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
