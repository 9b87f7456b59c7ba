import { methodNotAllowed, route } from "@/lib/http";
import { respondWithMedia } from "@/lib/media/respond";
import { getUploadRow } from "@/lib/media/uploads";
import { requireId, notFound } from "@/lib/params";

type Context = { params: Promise<{ id: string }> };

/** The bytes of an upload, only for its owner. */
export const GET = route(async (request, context: Context) => {
  const row = (await getUploadRow(await requireId(context), request)) ?? notFound();
  return respondWithMedia(request, { ...row, thumb_path: null }, false);
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
