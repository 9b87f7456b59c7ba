import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, route } from "@/lib/http";
import { getLineage } from "@/lib/media/queries";
import { countRead } from "@/lib/limits/count-requests";
import { requireId, notFound } from "@/lib/request-params";

/** The images that one of the user's images was made from, and those made from it. */
export const GET = route(async (request, context: RouteContext<"/api/media/[id]/lineage">) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  countRead(user.id, "family");
  return json((await getLineage(id, request)) ?? notFound());
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
