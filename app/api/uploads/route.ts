import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, readBytes, route } from "@/lib/http";
import { MAX_UPLOAD_BYTES } from "@/lib/limits/default-limits";
import { saveUpload, serializeUpload } from "@/lib/media/uploads";
import { withUploadSlot } from "@/lib/limits/request-limits";

/**
 * Saves the body, an image, as a model input: use its `id` or `url` as the input's value. It is deleted two weeks after its
 * last use, or after an unused day if the user uploads more than a hundred.
 */
export const POST = route(async (request) => {
  const user = await requireUser(request);
  const row = await withUploadSlot(user.id, async () =>
    saveUpload(user.id, await readBytes(request, MAX_UPLOAD_BYTES)),
  );
  const upload = serializeUpload(row);
  return json(upload, { status: 201, headers: { location: upload.url } });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
