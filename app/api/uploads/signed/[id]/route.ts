import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, noContent, route } from "@/lib/http";
import { withUploadSlot } from "@/lib/limits/request-limits";
import { serializeUpload } from "@/lib/media/uploads/rows";
import { cancelSignedUpload, confirmSignedUpload } from "@/lib/media/uploads/signed-uploads";
import { requireId } from "@/lib/request-params";

export const maxDuration = 300;

/** Checks the file that the client has sent to storage, and saves it as an upload. */
export const POST = route(async (request, context: RouteContext<"/api/uploads/signed/[id]">) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  const upload = serializeUpload(await withUploadSlot(user.id, () => confirmSignedUpload(user.id, id)));
  return json(upload, { status: 201, headers: { location: upload.url } });
});

/** Cancels an upload that was started but not confirmed. */
export const DELETE = route(async (request, context: RouteContext<"/api/uploads/signed/[id]">) => {
  const id = await requireId(context);
  const user = await requireUser(request);
  await cancelSignedUpload(user.id, id);
  return noContent();
});

export const { OPTIONS, GET, PUT, PATCH } = methodNotAllowed("POST", "DELETE");
