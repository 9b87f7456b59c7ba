import "server-only";
import { whileSignedIn } from "@/lib/account/sessions";
import type { User } from "@/lib/auth";
import { productName } from "@/lib/config";
import { attachment, LENGTH_HEADER, notModified, rangeNotSatisfiable } from "@/lib/http";
import { requestedRange } from "@/lib/media/serving/byte-range";
import { toContentDisposition } from "@/lib/media/serving/download-name";
import type { PlannedZip } from "@/lib/media/serving/planned-zip";
import { limitedDownload } from "@/lib/media/serving/limited-download";
import { ifNoneMatch } from "@/lib/request-params";
import type { Export } from "./exports";

/**
 * Responds with the archive of a part, or with the range that the request asks for. The archive is made while it is sent, and
 * files are read only as fast as the client receives them. If the user signs out, the download ends. Throws `rate_limited` if the
 * user downloads too many archives.
 */
export function sendPart(request: Request, user: User, archive: PlannedZip, made: Export, part: number): Response {
  const { length, etag } = archive;
  if (ifNoneMatch(request) === etag) return notModified(etag);
  const range = requestedRange(request, etag, length);
  if (range === "unsatisfiable") return rangeNotSatisfiable(length);
  const { start, end } = range ?? { start: 0, end: length - 1 };
  const isHead = request.method === "HEAD";
  const body = isHead ? null : limitedDownload(user.id, whileSignedIn(user.sessionId, archive.read({ start, end })));
  const { headers } = attachment(null, "application/zip", toContentDisposition(nameOf(made, part)));
  headers.set("etag", etag);
  headers.set("accept-ranges", "bytes");
  headers.set(LENGTH_HEADER, String(end - start + 1));
  // A proxy must not compress the archive: the offsets in later ranges would be wrong.
  headers.set("cache-control", "private, no-store, no-transform");
  if (range) headers.set("content-range", `bytes ${start}-${end}/${length}`);
  return new Response(body, { status: range ? 206 : 200, headers });
}

/** Returns a name such as `darkroom-2026-11-21-part-1-of-3.zip`. */
function nameOf({ created_at, parts }: Export, part: number): string {
  const suffix = parts.length > 1 ? `-part-${part}-of-${parts.length}` : "";
  return `${productName.toLowerCase()}-${created_at.slice(0, 10)}${suffix}.zip`;
}
