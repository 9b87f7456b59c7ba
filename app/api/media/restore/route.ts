import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, readBody, route } from "@/lib/http";
import { restoreImages } from "@/lib/media/delete";
import { ImageIds } from "@/lib/media/schema";

/** Takes back the deletion of up to a hundred images, `{ids}`. Answers with those that are there again. */
export const POST = route(async (request) => {
  const user = await requireUser(request);
  const { ids } = await readBody(request, ImageIds);
  return json({ restored: await restoreImages(user.id, ids) });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
