import { requireUser } from "@/lib/auth";
import { json, noContent, methodNotAllowed, readBody, route } from "@/lib/http";
import { respondWithDownload, respondWithImage } from "@/lib/media/respond";
import { deleteImages } from "@/lib/media/delete";
import { serializeGalleryImage } from "@/lib/media/serialize";
import { purgeSoon } from "@/lib/media/purge";
import { getImageRow, setFavorite } from "@/lib/media/queries";
import { ImageChange } from "@/lib/media/schema";
import { getSharedRow } from "@/lib/media/share";
import { requireId, notFound, undoSeconds } from "@/lib/params";

type Context = { params: Promise<{ id: string }> };

/**
 * The bytes of an image: the original, `?size=thumb` or `?size=preview`; `?download` asks the browser to save it, and puts
 * the settings into the owner's file. Only for its owner, or with `?token=` for whoever has the link while it is shared.
 */
export const GET = route(async (request, context: Context) => {
  const id = await requireId(context);
  const query = new URL(request.url).searchParams;
  const token = query.get("token");
  if (token === null) {
    const image = (await getImageRow(id, request)) ?? notFound();
    return query.has("download") && !query.has("size")
      ? respondWithDownload(image)
      : respondWithImage(request, image, false);
  }
  const shared = await getSharedRow(token);
  return shared?.id === id ? respondWithImage(request, shared, true) : notFound();
});

/** Marks it as a favorite, or no longer. */
export const PATCH = route(async (request, context: Context) => {
  const id = await requireId(context);
  await requireUser(request);
  const { favorite } = await readBody(request, ImageChange);
  return json(serializeGalleryImage((await setFavorite(request, id, favorite)) ?? notFound()));
});

/** Deletes it for good; with `?undo=<seconds>` it can be restored for so long. */
export const DELETE = route(async (request, context: Context) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  const deleted = await deleteImages(user.id, [id], undoSeconds(request));
  if (deleted.length === 0) notFound();
  await purgeSoon();
  return noContent();
});

export const { OPTIONS, POST, PUT } = methodNotAllowed("GET", "HEAD", "PATCH", "DELETE");
