import { whileSignedIn } from "@/lib/account/sessions";
import { readAs, requireReader } from "@/lib/auth";
import { productName } from "@/lib/config";
import { attachment, methodNotAllowed, route } from "@/lib/http";
import { createMediaZip } from "@/lib/media/serving/media-zip";
import { toContentDisposition } from "@/lib/media/serving/download-name";
import { limitedDownload } from "@/lib/media/serving/limited-download";
import { listMediaRows } from "@/lib/media/queries";
import { requireIds, notFound } from "@/lib/request-params";

/**
 * Returns the user's files with the ids in `?ids=`, separated by commas, as a ZIP. The ZIP is generated while it is sent. If the
 * user signs out during the download, the download stops.
 */
export const GET = route(async (request) => {
  const [user, rows] = await readAs(requireReader(request, "zip"), async () =>
    listMediaRows(requireIds(request), request),
  );
  if (rows.length === 0) notFound();
  const day = new Date().toISOString().slice(0, 10);
  const name = toContentDisposition(`${productName}-${day}.zip`);
  const isHead = request.method === "HEAD";
  const archive = async () => whileSignedIn(user.sessionId, await createMediaZip(rows, requireIds(request)));
  const body = isHead ? null : limitedDownload(user.id, await archive());
  return attachment(body, "application/zip", name);
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
