import { methodNotAllowed, route } from "@/lib/http";
import { respondWithMedia } from "@/lib/media/file-response";
import { getUploadRow } from "@/lib/media/uploads";
import { requireId, notFound } from "@/lib/request-params";

/** Returns an upload, only to its owner. */
export const GET = route(async (request, context: RouteContext<"/api/uploads/[id]">) => {
  const row = (await getUploadRow(await requireId(context), request)) ?? notFound();
  return respondWithMedia(request, { ...row, thumb_path: null }, false);
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
