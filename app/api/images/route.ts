import { requireUser } from "@/lib/auth";
import { json, otherMethods, readBody, route } from "@/lib/http";
import { deleteImages } from "@/lib/images/delete";
import { purgeSoon } from "@/lib/images/purge";
import { listImages } from "@/lib/images/queries";
import { GalleryFilter, ImageIds } from "@/lib/images/schema";
import { countRead } from "@/lib/limits/reads";
import { undoSeconds } from "@/lib/request";

/** A page of the caller's images, newest first: `?q= favorites= model= tool= from= to=`, and `cursor=` as `next` says. */
export const GET = route(async (request) => {
  const user = await requireUser(request);
  countRead(user.id, "gallery");
  const { cursor, ...asked } = Object.fromEntries(new URL(request.url).searchParams);
  return json(await listImages(user.id, { filter: GalleryFilter.parse(asked), cursor, request }));
});

/** Deletes up to a hundred images, `{ids}`, as DELETE /api/images/:id does. Answers with those that there were. */
export const DELETE = route(async (request) => {
  const user = await requireUser(request);
  const { ids } = await readBody(request, ImageIds);
  const deleted = await deleteImages(user.id, ids, undoSeconds(request));
  await purgeSoon();
  return json({ deleted });
});

export const { OPTIONS, POST, PUT, PATCH } = otherMethods("GET", "HEAD", "DELETE");
