import { requireUser } from "@/lib/auth";
import { json, otherMethods, route } from "@/lib/http";
import { restoreImages } from "@/lib/images/delete";
import { getImage } from "@/lib/images/queries";
import { idOf, notFound } from "@/lib/request";

type Context = { params: Promise<{ id: string }> };

/** Takes its deletion back, while the time to undo it lasts. */
export const POST = route(async (request, context: Context) => {
  const id = await idOf(context);
  const user = await requireUser(request);
  const restored = await restoreImages(user.id, [id]);
  if (restored.length === 0) notFound();
  return json((await getImage(user.id, id, request)) ?? notFound());
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = otherMethods("POST");
