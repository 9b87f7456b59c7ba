import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, readBody, route } from "@/lib/http";
import { restoreMedia } from "@/lib/media/delete";
import { MediaIds } from "@/lib/media/schema";

/** Takes back the deletion of up to a hundred images, `{ids}`. Answers with those that are there again. */
export const POST = route(async (request) => {
  const user = await requireUser(request);
  const { ids } = await readBody(request, MediaIds);
  return json({ restored: await restoreMedia(user.id, ids) });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
