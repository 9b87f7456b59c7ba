import { requireUser } from "@/lib/auth";
import { json, otherMethods, readBody, route } from "@/lib/http";
import { deleteImages } from "@/lib/images/delete";
import { purgeSoon } from "@/lib/images/purge";
import { ImageIds } from "@/lib/images/schema";
import { undoSeconds } from "@/lib/request";

/** Deletes up to a hundred pictures, `{ids}`, as DELETE /api/images/:id does. Answers with those that there were. */
export const DELETE = route(async (request) => {
  const user = await requireUser(request);
  const { ids } = await readBody(request, ImageIds);
  const deleted = await deleteImages(user.id, ids, undoSeconds(request));
  await purgeSoon();
  return json({ deleted });
});

export const { OPTIONS, GET, POST, PUT, PATCH } = otherMethods("DELETE");
