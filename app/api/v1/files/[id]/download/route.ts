import { requireDownload } from "@/lib/api-v1/files/require-download";
import { otherMethods, publicRoute } from "@/lib/api-v1/route-wrappers";
import { countRead } from "@/lib/limits/request-limits";
import { respondWithUpload } from "@/lib/media/serving/file-response";
import { requireId } from "@/lib/request-params";

export const maxDuration = 300;

/** Returns the bytes of an upload to its owner, and to anyone who has its signed URL. */
export const GET = publicRoute(async (request, context: RouteContext<"/api/v1/files/[id]/download">) => {
  const row = await requireDownload(request, await requireId(context));
  countRead(row.user_id, "download");
  return respondWithUpload(request, row);
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
