import { requireUser } from "@/lib/auth";
import { env } from "@/lib/env";
import { json, noContent, otherMethods, route } from "@/lib/http";
import { shareImage, unshareImage } from "@/lib/images/share";
import { originOf } from "@/lib/origin";
import { idOf, notFound } from "@/lib/request";

type Context = { params: Promise<{ id: string }> };

/** Makes the image public for whoever has the link. While it is, the link stays the same. */
export const POST = route(async (request, context: Context) => {
  const id = await idOf(context);
  const user = await requireUser(request);
  const token = (await shareImage(user.id, id)) ?? notFound();
  return json({ share_url: `${env.appUrl ?? originOf(request.headers) ?? ""}/s/${token}`, share_token: token });
});

/** Makes it private again: the link is dead at once, and stays dead. */
export const DELETE = route(async (request, context: Context) => {
  const id = await idOf(context);
  const user = await requireUser(request);
  if (!(await unshareImage(user.id, id))) notFound();
  return noContent();
});

export const { OPTIONS, GET, PUT, PATCH } = otherMethods("POST", "DELETE");
