import { requireUser } from "@/lib/auth";
import { json, methodNotAllowed, readBody, route } from "@/lib/http";
import { NewSignedUpload } from "@/lib/media/schema";
import { startSignedUpload } from "@/lib/media/uploads/signed-uploads";

/**
 * Starts the upload of a file that is too large for the body of a request to this app. The client sends the file with PUT to
 * `upload_url`, a URL of the storage, and then calls POST /api/uploads/signed/:id.
 */
export const POST = route(async (request) => {
  const user = await requireUser(request);
  const started = await startSignedUpload(user.id, await readBody(request, NewSignedUpload));
  return json(started, { status: 201, headers: { location: `/api/uploads/signed/${started.id}` } });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
