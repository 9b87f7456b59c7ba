import { requireUser } from "@/lib/auth";
import { json, noContent, otherMethods, readBody, route } from "@/lib/http";
import { answerDownload, answerImage } from "@/lib/images/answer";
import { deleteImages } from "@/lib/images/delete";
import { presentGalleryImage } from "@/lib/images/present";
import { purgeSoon } from "@/lib/images/purge";
import { getImageRow, setFavorite } from "@/lib/images/queries";
import { ImageChange } from "@/lib/images/schema";
import { getSharedRow } from "@/lib/images/share";
import { idOf, notFound, undoSeconds } from "@/lib/request";

type Context = { params: Promise<{ id: string }> };

/**
 * The bytes of an image: the original, `?size=thumb` or `?size=preview`; `?download` asks the browser to save it, and puts
 * the settings into the owner's file. Only for its owner, or with `?token=` for whoever has the link while it is shared.
 */
export const GET = route(async (request, context: Context) => {
  const id = await idOf(context);
  const query = new URL(request.url).searchParams;
  const token = query.get("token");
  if (token === null) {
    const image = (await getImageRow(id, request)) ?? notFound();
    return query.has("download") && !query.has("size") ? answerDownload(image) : answerImage(request, image, false);
  }
  const shared = await getSharedRow(token);
  return shared?.id === id ? answerImage(request, shared, true) : notFound();
});

/** Marks it as a favorite, or no longer. */
export const PATCH = route(async (request, context: Context) => {
  const id = await idOf(context);
  await requireUser(request);
  const { favorite } = await readBody(request, ImageChange);
  return json(presentGalleryImage((await setFavorite(request, id, favorite)) ?? notFound()));
});

/** Deletes it for good; with `?undo=<seconds>` it can be restored for so long. */
export const DELETE = route(async (request, context: Context) => {
  const id = await idOf(context);
  const user = await requireUser(request);
  const deleted = await deleteImages(user.id, [id], undoSeconds(request));
  if (deleted.length === 0) notFound();
  await purgeSoon();
  return noContent();
});

export const { OPTIONS, POST, PUT } = otherMethods("GET", "HEAD", "PATCH", "DELETE");
