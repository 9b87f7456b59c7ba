import { requireUser } from "@/lib/auth";
import { json, otherMethods, route } from "@/lib/http";
import { getFamily } from "@/lib/images/family";
import { countRead } from "@/lib/limits/reads";
import { idOf, notFound } from "@/lib/request";

type Context = { params: Promise<{ id: string }> };

/** What an image of the caller's was made from, and what was made from it. */
export const GET = route(async (request, context: Context) => {
  const id = await idOf(context);
  const user = await requireUser(request);
  countRead(user.id, "family");
  return json((await getFamily(id, request)) ?? notFound());
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET", "HEAD");
