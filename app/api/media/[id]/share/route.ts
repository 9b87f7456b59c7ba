import { requireUser } from "@/lib/auth";
import { json, noContent, methodNotAllowed, route } from "@/lib/http";
import { shareMedia, unshareMedia } from "@/lib/media/sharing/share";
import { appOrigin, notFound, requireId } from "@/lib/request-params";

/** Makes the file public: anyone with the link can see it. The link stays the same until the file is made private. */
export const POST = route(async (request, context: RouteContext<"/api/media/[id]/share">) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  const token = (await shareMedia(user.id, id)) ?? notFound();
  return json({ share_url: `${appOrigin(request.headers)}/s/${token}`, share_token: token });
});

/** Makes the file private. The link stops working immediately and never works again. */
export const DELETE = route(async (request, context: RouteContext<"/api/media/[id]/share">) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  if (!(await unshareMedia(user.id, id))) notFound();
  return noContent();
});

export const { OPTIONS, GET, PUT, PATCH } = methodNotAllowed("POST", "DELETE");
