import { methodNotAllowed, route } from "@/lib/http";
import { respondWithMedia } from "@/lib/media/respond";
import { getUploadRow } from "@/lib/media/upload-rows";
import { requireId, notFound } from "@/lib/params";

type Context = { params: Promise<{ id: string }> };

/** The bytes of an upload, for its owner alone. */
export const GET = route(async (request, context: Context) => {
  const row = (await getUploadRow(await requireId(context), request)) ?? notFound();
  return respondWithMedia(request, { ...row, thumb_path: null }, false);
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
