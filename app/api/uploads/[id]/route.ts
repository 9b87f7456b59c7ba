import { otherMethods, route } from "@/lib/http";
import { answerImage } from "@/lib/images/answer";
import { getUploadRow } from "@/lib/images/upload-rows";
import { idOf, notFound } from "@/lib/request";

type Context = { params: Promise<{ id: string }> };

/** The bytes of an upload, for its owner alone. */
export const GET = route(async (request, context: Context) => {
  const row = (await getUploadRow(await idOf(context), request)) ?? notFound();
  return answerImage(request, { ...row, thumb_path: null }, false);
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET", "HEAD");
