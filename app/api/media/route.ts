import { requireReader, requireUser } from "@/lib/auth";
import { json, methodNotAllowed, readBody, route } from "@/lib/http";
import { deleteMedia, purgeSoon } from "@/lib/media/delete";
import { listMedia } from "@/lib/media/queries";
import { GalleryFilter, MediaIds } from "@/lib/media/schema";
import { pageCursor, pageLimit, parseUndoSeconds } from "@/lib/request-params";

/**
 * Returns the user's files, newest first. The parameters `q`, `favorites`, `kind`, `model`, `tool`, `from` and `to` are filters.
 * `limit` is the page size, and `cursor` is the value of `next` in the previous page.
 */
export const GET = route(async (request) => {
  const user = await requireReader(request, "gallery");
  const query = new URL(request.url).searchParams;
  const filter = GalleryFilter.parse(Object.fromEntries(query));
  return json(await listMedia(user.id, { filter, cursor: pageCursor(query), limit: pageLimit(query, 40), request }));
});

/**
 * Deletes up to a hundred files. The body is `{ids}`. With `?undo=<seconds>`, the files can be restored for that many seconds.
 * Returns the ids of the files that were deleted.
 */
export const DELETE = route(async (request) => {
  const user = await requireUser(request);
  const { ids } = await readBody(request, MediaIds);
  const deleted = await deleteMedia(user.id, ids, parseUndoSeconds(request));
  await purgeSoon();
  return json({ deleted });
});

export const { OPTIONS, POST, PUT, PATCH } = methodNotAllowed("GET", "HEAD", "DELETE");
