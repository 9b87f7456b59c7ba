import { toReplicateFile } from "@/lib/api-v1/files/serialize-file";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";
import { noContent } from "@/lib/http";
import { countRead } from "@/lib/limits/request-limits";
import { purgeSoon } from "@/lib/media/delete";
import { deleteUploads } from "@/lib/media/uploads/delete-uploads";
import { findOwnUpload } from "@/lib/media/uploads/rows";
import { appOrigin, notFound, requireId } from "@/lib/request-params";

/** Describes one of the caller's uploads, in the format of Replicate's API. */
export const GET = apiRoute("read", async (request, { id: userId }, context: RouteContext<"/api/v1/files/[id]">) => {
  const id = await requireId(context);
  countRead(userId, "files");
  const row = (await findOwnUpload(userId, id)) ?? notFound();
  return apiJson(toReplicateFile(row, appOrigin(request.headers)));
});

/** Deletes an upload of the caller. */
export const DELETE = apiRoute("manage", async (_, { id: userId }, context: RouteContext<"/api/v1/files/[id]">) => {
  const deleted = await deleteUploads(userId, [await requireId(context)]);
  if (deleted.length === 0) notFound();
  await purgeSoon();
  return noContent();
});

export const { OPTIONS, POST, PUT, PATCH } = otherMethods("GET", "DELETE");
