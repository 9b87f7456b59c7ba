import { requireReader } from "@/lib/auth";
import { json, methodNotAllowed, route } from "@/lib/http";
import { getUsage } from "@/lib/history/usage";

/** Returns how much the user has used today, and how much is left. */
export const GET = route(async (request) => {
  const user = await requireReader(request, "usage");
  return json(await getUsage(user.id));
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
