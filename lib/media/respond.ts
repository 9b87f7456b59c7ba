import "server-only";
import { ifNoneMatch } from "@/lib/params";
import { exportMedia } from "./export";
import { saveAs } from "./file-name";
import { getRendition } from "./renditions";
import type { StoredFile } from "./rows";
import type { MediaRow } from "./schema";
import { streamOf } from "./stream";

/** Nothing in an image may run. Browsers style the page that they put around one which is opened by itself. */
const POLICY = "default-src 'none'; sandbox; style-src 'unsafe-inline'";

/**
 * The bytes of an image, for whoever may see it. Its owner's browser keeps them for good, since they never change; a shared
 * one may be kept by anybody, who has to ask each time whether it is still shared.
 */
export async function respondWithMedia(request: Request, image: StoredFile, isShared: boolean): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const rendition = getRendition(image, query.get("size"));
  const etag = `"${image.sha256.slice(0, 32)}${rendition.mark}"`;
  const headers = {
    etag,
    "x-content-type-options": "nosniff",
    "content-security-policy": POLICY,
    ...(isShared
      ? { "cache-control": "public, no-cache", "referrer-policy": "no-referrer", "x-robots-tag": "noindex" }
      : { "cache-control": "private, max-age=31536000, immutable", vary: "Cookie, Authorization" }),
  };
  if (ifNoneMatch(request) === etag) return new Response(null, { status: 304, headers });

  const disposition = query.has("download") ? "attachment" : "inline";
  return new Response(await rendition.read(), {
    headers: {
      ...headers,
      "content-type": rendition.contentType,
      ...(rendition.length !== null && { "content-length": String(rendition.length) }),
      "content-disposition": `${disposition}; filename="${image.id}.${rendition.extension}"`,
    },
  });
}

/** The original for its owner to save, under a name that tells what it is and with its settings inside. */
export async function respondWithDownload(row: MediaRow): Promise<Response> {
  const [file] = await exportMedia([row]);
  if (!file) throw new TypeError("One image is one file.");
  return new Response(streamOf(await file.read()), {
    headers: {
      "cache-control": "private, no-store",
      vary: "Cookie, Authorization",
      "x-content-type-options": "nosniff",
      "content-security-policy": POLICY,
      "content-type": row.content_type,
      "content-disposition": saveAs(`${file.name}.${file.extension}`),
    },
  });
}
