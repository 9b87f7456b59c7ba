import { requireUser } from "@/lib/auth";
import { methodNotAllowed, noContent, route } from "@/lib/http";
import { purgeSoon } from "@/lib/media/delete";
import { requireRow, respondWithMedia } from "@/lib/media/serving/file-response";
import { deleteUploads } from "@/lib/media/uploads/delete-uploads";
import { getUploadRow } from "@/lib/media/uploads/rows";
import { notFound, parseUndoSeconds, requireId } from "@/lib/request-params";

/** Returns an upload, or with `?size=thumb` a small version of an image. Only its owner can get it. */
export const GET = route(async (request, context: RouteContext<"/api/uploads/[id]">) => {
  const id = await requireId(context);
  const row = await requireRow(request, (client) => getUploadRow(id, client));
  return respondWithMedia(request, { ...row, poster_path: null }, false);
});

/** Deletes the upload. With `?undo=<seconds>`, it can be restored for that time. */
export const DELETE = route(async (request, context: RouteContext<"/api/uploads/[id]">) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  const deleted = await deleteUploads(user.id, [id], parseUndoSeconds(request));
  if (deleted.length === 0) notFound();
  await purgeSoon();
  return noContent();
});

export const { OPTIONS, POST, PUT, PATCH } = methodNotAllowed("GET", "HEAD", "DELETE");
