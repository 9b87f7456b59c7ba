import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, route } from "@/lib/http";
import { restoreMedia } from "@/lib/media/delete";
import { getMedia } from "@/lib/media/queries";
import { requireId, notFound } from "@/lib/request-params";

/** Restores a file that was deleted with `?undo=<seconds>`. This works only for that many seconds after the deletion. */
export const POST = route(async (request, context: RouteContext<"/api/media/[id]/restore">) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  const restored = await restoreMedia(user.id, [id]);
  if (restored.length === 0) notFound();
  return json((await getMedia(id, request)) ?? notFound());
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
