import { requireReader, requireUser } from "@/lib/auth";
import { json, methodNotAllowed, readBytes, route } from "@/lib/http";
import { MAX_UPLOAD_BYTES } from "@/lib/limits/default-limits";
import { withUploadSlot } from "@/lib/limits/request-limits";
import { listUploads, serializeUpload } from "@/lib/media/uploads/rows";
import { saveBytes } from "@/lib/media/uploads/save-upload";
import { pageCursor, pageLimit } from "@/lib/request-params";

/**
 * Saves the file in the body as an upload. The `id` or `url` of the upload can then be the value of a model input. `?name=` is
 * the name of the file. The upload is deleted two weeks after its last use. If the user already has a hundred uploads, the least
 * recently used one is deleted. If that upload was used in the last 24 hours, the new file is rejected instead.
 */
export const POST = route(async (request) => {
  const user = await requireUser(request);
  const name = new URL(request.url).searchParams.get("name") ?? "";
  const row = await withUploadSlot(user.id, async () =>
    saveBytes(
      user.id,
      await readBytes(request, MAX_UPLOAD_BYTES, "Send larger files with POST /api/uploads/signed."),
      name,
    ),
  );
  const upload = serializeUpload(row);
  return json(upload, { status: 201, headers: { location: upload.url } });
});

/** Returns the user's uploads, newest first. `limit=` sets the page size, and `cursor=` is the `next` of the previous page. */
export const GET = route(async (request) => {
  const user = await requireReader(request, "uploads");
  const query = new URL(request.url).searchParams;
  return json(await listUploads(user.id, { cursor: pageCursor(query), limit: pageLimit(query, 40), request }));
});

export const { OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD", "POST");
