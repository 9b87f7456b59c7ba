import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, readBody, route } from "@/lib/http";
import { MediaIds } from "@/lib/media/schema";
import { restoreUploads } from "@/lib/media/uploads/delete-uploads";

/** Restores up to a hundred deleted uploads. The body is `{ids}`. Returns the ids of the uploads that were restored. */
export const POST = route(async (request) => {
  const user = await requireUser(request);
  const { ids } = await readBody(request, MediaIds);
  return json({ restored: await restoreUploads(user.id, ids) });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
