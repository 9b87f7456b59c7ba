import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, readBody, route } from "@/lib/http";
import { restoreMedia } from "@/lib/media/delete";
import { MediaIds } from "@/lib/media/schema";

/** Restores up to a hundred deleted files. The body is `{ids}`. Returns the ids of the files that were restored. */
export const POST = route(async (request) => {
  const user = await requireUser(request);
  const { ids } = await readBody(request, MediaIds);
  return json({ restored: await restoreMedia(user.id, ids) });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
