import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, route } from "@/lib/http";
import { getLineage } from "@/lib/media/queries";
import { countRead } from "@/lib/limits/count-requests";
import { requireId, notFound } from "@/lib/request-params";

/** Returns the images that an image was generated from, and those generated from it. */
export const GET = route(async (request, context: RouteContext<"/api/media/[id]/lineage">) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  countRead(user.id, "family");
  return json((await getLineage(id, request)) ?? notFound());
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
