import "server-only";
import { requireCaller } from "@/lib/api-v1/caller";
import { isSignedUrl } from "@/lib/api-v1/url-signature";
import type { UploadRow } from "@/lib/media/schema";
import { findAnyUpload, findOwnUpload } from "@/lib/media/uploads/rows";
import { notFound } from "@/lib/request-params";

/**
 * Returns the row of an upload if the request may read its bytes: the URL of the request is signed, or the request has the
 * owner's API key or access token. Otherwise throws `not_found`. Throws `unauthenticated` if the key or token does not work.
 */
export async function requireDownload(request: Request, id: string): Promise<UploadRow> {
  if (isSignedUrl("file", new URL(request.url))) return (await findAnyUpload(id)) ?? notFound();
  if (!request.headers.has("authorization")) notFound();
  const { id: userId } = await requireCaller(request, "read");
  return (await findOwnUpload(userId, id)) ?? notFound();
}
