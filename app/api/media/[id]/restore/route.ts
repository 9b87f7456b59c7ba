import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, route } from "@/lib/http";
import { restoreImages } from "@/lib/media/delete";
import { getImage } from "@/lib/media/queries";
import { requireId, notFound } from "@/lib/params";

type Context = { params: Promise<{ id: string }> };

/** Takes its deletion back, while the time to undo it lasts. */
export const POST = route(async (request, context: Context) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  const restored = await restoreImages(user.id, [id]);
  if (restored.length === 0) notFound();
  return json((await getImage(user.id, id, request)) ?? notFound());
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
