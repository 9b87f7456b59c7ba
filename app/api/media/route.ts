import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, readBody, route } from "@/lib/http";
import { deleteMedia, purgeSoon } from "@/lib/media/delete";
import { listMedia } from "@/lib/media/queries";
import { GalleryFilter, MediaIds } from "@/lib/media/schema";
import { countRead } from "@/lib/limits/reads";
import { undoSeconds } from "@/lib/params";

/** A page of the user's images, newest first. Filters: `?q= favorites= model= tool= from= to=`; `cursor=` is the `next` of the page before. */
export const GET = route(async (request) => {
  const user = await requireUser(request);
  countRead(user.id, "gallery");
  const { cursor, ...filter } = Object.fromEntries(new URL(request.url).searchParams);
  return json(await listMedia(user.id, { filter: GalleryFilter.parse(filter), cursor, request }));
});

/** Deletes up to a hundred images, `{ids}`, like DELETE /api/media/:id. Returns the ids of those that existed. */
export const DELETE = route(async (request) => {
  const user = await requireUser(request);
  const { ids } = await readBody(request, MediaIds);
  const deleted = await deleteMedia(user.id, ids, undoSeconds(request));
  await purgeSoon();
  return json({ deleted });
});

export const { OPTIONS, POST, PUT, PATCH } = methodNotAllowed("GET", "HEAD", "DELETE");
