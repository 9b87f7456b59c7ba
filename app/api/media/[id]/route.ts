import { requireUser } from "@/lib/auth";
import { json, noContent, methodNotAllowed, readBody, route } from "@/lib/http";
import { requireRow, respondWithDownload, respondWithMedia } from "@/lib/media/serving/file-response";
import { deleteMedia, purgeSoon } from "@/lib/media/delete";
import { serializeGalleryMedia } from "@/lib/media/serialize";
import { changeMedia, getMediaRow } from "@/lib/media/queries";
import { MediaChange } from "@/lib/media/schema";
import { getSharedRow } from "@/lib/media/sharing/share";
import { requireId, notFound, parseUndoSeconds } from "@/lib/request-params";

/**
 * Returns the original of a file, or only the part that the header `Range` names. `?size=thumb` and `?size=preview` return a
 * smaller image, and `?size=poster` returns the poster of a video. With `?download`, the browser saves the file. If the owner
 * downloads an original image in this way, the image file contains the settings with which it was generated. Without `?token=`,
 * only the owner gets the file. With the token of a shared file, anyone gets that file.
 */
export const GET = route(async (request, context: RouteContext<"/api/media/[id]">) => {
  const id = await requireId(context);
  const query = new URL(request.url).searchParams;
  const token = query.get("token");
  if (token === null) {
    const row = await requireRow(request, (client) => getMediaRow(id, client));
    const isDownload = query.has("download") && !query.has("size");
    return isDownload ? respondWithDownload(request, row) : respondWithMedia(request, row, false);
  }
  const shared = await getSharedRow(token);
  return shared?.id === id ? respondWithMedia(request, shared, true) : notFound();
});

export const PATCH = route(async (request, context: RouteContext<"/api/media/[id]">) => {
  const id = await requireId(context);
  await requireUser(request);
  const change = await readBody(request, MediaChange);
  return json(serializeGalleryMedia((await changeMedia(request, id, change)) ?? notFound()));
});

/** Deletes the file. With `?undo=<seconds>`, the file can be restored for that many seconds. */
export const DELETE = route(async (request, context: RouteContext<"/api/media/[id]">) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  const deleted = await deleteMedia(user.id, [id], parseUndoSeconds(request));
  if (deleted.length === 0) notFound();
  await purgeSoon();
  return noContent();
});

export const { OPTIONS, POST, PUT } = methodNotAllowed("GET", "HEAD", "PATCH", "DELETE");
