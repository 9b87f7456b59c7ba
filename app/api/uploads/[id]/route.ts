import { requireUser } from "@/lib/auth";
import { methodNotAllowed, noContent, route } from "@/lib/http";
import { purgeSoon } from "@/lib/media/delete";
import { requireRow, respondWithMedia } from "@/lib/media/serving/file-response";
import { deleteUploads } from "@/lib/media/uploads/delete-uploads";
import { getUploadRow } from "@/lib/media/uploads/rows";
import { notFound, parseUndoSeconds, requireId } from "@/lib/request-params";

/** Returns an uploaded file to its owner. For an image, `?size=thumb` returns a small version. */
export const GET = route(async (request, context: RouteContext<"/api/uploads/[id]">) => {
  const id = await requireId(context);
  const row = await requireRow(request, (client) => getUploadRow(id, client));
  return respondWithMedia(request, { ...row, poster_path: null }, false);
});

/** Deletes the upload. With `?undo=<seconds>`, the upload can be restored for that many seconds. */
export const DELETE = route(async (request, context: RouteContext<"/api/uploads/[id]">) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  const deleted = await deleteUploads(user.id, [id], parseUndoSeconds(request));
  if (deleted.length === 0) notFound();
  await purgeSoon();
  return noContent();
});

export const { OPTIONS, POST, PUT, PATCH } = methodNotAllowed("GET", "HEAD", "DELETE");
