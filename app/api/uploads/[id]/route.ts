import { methodNotAllowed, route } from "@/lib/http";
import { requireRow, respondWithMedia } from "@/lib/media/serving/file-response";
import { getUploadRow } from "@/lib/media/uploads";
import { requireId } from "@/lib/request-params";

/** Returns an upload. Only its owner can get it. */
export const GET = route(async (request, context: RouteContext<"/api/uploads/[id]">) => {
  const id = await requireId(context);
  const row = await requireRow(request, (client) => getUploadRow(id, client));
  return respondWithMedia(request, { ...row, thumb_path: null, poster_path: null }, false);
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
