import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, readBytes, route } from "@/lib/http";
import { saveUpload, MAX_UPLOAD, serializeUpload } from "@/lib/media/upload";
import { withUploadSlot } from "@/lib/limits/uploads";

/**
 * Keeps an image for models to work on: the body is the file. Name it by its `id` or `url` as an input. It stays for two
 * weeks after it was last used; where a hundred of them are, for a day at least.
 */
export const POST = route(async (request) => {
  const user = await requireUser(request);
  const row = await withUploadSlot(user.id, async () => saveUpload(user.id, await readBytes(request, MAX_UPLOAD)));
  const upload = serializeUpload(row);
  return json(upload, { status: 201, headers: { location: upload.url } });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
