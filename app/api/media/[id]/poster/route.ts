import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, readBytes, route } from "@/lib/http";
import { withUploadSlot } from "@/lib/limits/request-limits";
import { getMediaRow } from "@/lib/media/queries";
import { MAX_POSTER_BYTES, savePoster } from "@/lib/media/renditions/poster";
import { serializeGalleryMedia } from "@/lib/media/serialize";
import { requireRow } from "@/lib/media/serving/file-response";
import { notFound, requireId } from "@/lib/request-params";

/** Saves the image in the body as the poster of a video. A video that already has a poster keeps it. Returns the video. */
export const PUT = route(async (request, context: RouteContext<"/api/media/[id]/poster">) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  const row = await requireRow(request, (client) => getMediaRow(id, client));
  const readFrame = () => readBytes(request, MAX_POSTER_BYTES);
  const saved = await withUploadSlot(user.id, () => savePoster(row, readFrame));
  return json(serializeGalleryMedia(saved ?? notFound()));
});

export const { OPTIONS, GET, POST, PATCH, DELETE } = methodNotAllowed("PUT");
