import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, readBytes, route } from "@/lib/http";
import { MAX_UPLOAD_BYTES } from "@/lib/limits/default-limits";
import { saveUpload, serializeUpload } from "@/lib/media/uploads";
import { withUploadSlot } from "@/lib/limits/request-limits";

/**
 * Saves the image in the body as a model input: its `id` or `url` can then be the value of an input. The upload is deleted two
 * weeks after its last use. A user with a hundred uploads loses the least recently used one, unless it was used within a day.
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
