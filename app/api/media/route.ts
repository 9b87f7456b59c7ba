import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, readBody, route } from "@/lib/http";
import { deleteMedia } from "@/lib/media/delete";
import { purgeSoon } from "@/lib/media/purge";
import { listMedia } from "@/lib/media/queries";
import { GalleryFilter, MediaIds } from "@/lib/media/schema";
import { countRead } from "@/lib/limits/reads";
import { undoSeconds } from "@/lib/params";

/** A page of the caller's images, newest first: `?q= favorites= model= tool= from= to=`, and `cursor=` as `next` says. */
export const GET = route(async (request) => {
  const user = await requireUser(request);
  countRead(user.id, "gallery");
  const { cursor, ...asked } = Object.fromEntries(new URL(request.url).searchParams);
  return json(await listMedia(user.id, { filter: GalleryFilter.parse(asked), cursor, request }));
});

/** Deletes up to a hundred images, `{ids}`, as DELETE /api/media/:id does. Answers with those that there were. */
export const DELETE = route(async (request) => {
  const user = await requireUser(request);
  const { ids } = await readBody(request, MediaIds);
  const deleted = await deleteMedia(user.id, ids, undoSeconds(request));
  await purgeSoon();
  return json({ deleted });
});

export const { OPTIONS, POST, PUT, PATCH } = methodNotAllowed("GET", "HEAD", "DELETE");
