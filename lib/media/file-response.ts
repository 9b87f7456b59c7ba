import "server-only";
import type { SupabaseClient } from "@supabase/supabase-js";
import { getTokenUser } from "@/lib/auth";
import { attachment, NO_SNIFFING, VARY_BY_USER } from "@/lib/http";
import { ifNoneMatch, notFound } from "@/lib/request-params";
import { createTokenClient, readToken } from "@/lib/supabase/user-client";
import { exportMedia, toContentDisposition, toStream } from "./archive";
import { canDecode } from "./renditions/decoder";
import { getPreview } from "./renditions/preview";
import type { MediaRow } from "./schema";
import * as storage from "./storage";

/** A saved file or an upload. */
type StoredFile = Pick<
  MediaRow,
  "id" | "sha256" | "storage_path" | "thumb_path" | "content_type" | "bytes" | "width" | "height"
>;

/** Blocks JavaScript in images. Browsers add inline styles when an image is opened alone. */
const POLICY = "default-src 'none'; sandbox; style-src 'unsafe-inline'";
/** `suffix` makes the ETag of each size unique. `length` is in bytes, null if it is unknown before reading. */
const THUMBNAIL = { suffix: "-thumb", contentType: "image/webp", extension: "webp", length: null };
const PREVIEW = { suffix: "-preview", contentType: "image/jpeg", extension: "jpg", length: null };

/**
 * Returns what `read` returns with a client of the caller, whose token Supabase verifies meanwhile. Throws `not_found` for null,
 * and for a caller who is not signed in or was signed out.
 */
export async function requireRow<Row>(
  request: Request,
  read: (client: SupabaseClient) => Promise<Row | null>,
): Promise<Row> {
  const token = await readToken(request);
  const [user, row] = await Promise.all([getTokenUser(token), read(createTokenClient(token))]);
  return user && row ? row : notFound();
}

/**
 * Responds with a file in the size of `?size=`, or with the original if there is no such size. The caller must have checked
 * access. The owner's browser caches it forever, because its bytes never change. Anyone may cache a shared file, but must check
 * each time that it is still shared. Throws `not_found` if storage has no such file, `db_unavailable` if storage is unavailable.
 */
export async function respondWithMedia(request: Request, file: StoredFile, isShared: boolean): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const disposition = query.has("download") ? "attachment" : "inline";
  for (const rendition of listRenditions(file, query.get("size"))) {
    const etag = `"${file.sha256.slice(0, 32)}${rendition.suffix}"`;
    const headers = {
      etag,
      ...NO_SNIFFING,
      "content-security-policy": POLICY,
      ...(isShared
        ? { "cache-control": "public, no-cache", "referrer-policy": "no-referrer", "x-robots-tag": "noindex" }
        : { "cache-control": "private, max-age=31536000, immutable", ...VARY_BY_USER }),
    };
    if (ifNoneMatch(request) === etag) return new Response(null, { status: 304, headers });
    const body = await rendition.read();
    if (!body) continue;
    return new Response(body, {
      headers: {
        ...headers,
        "content-type": rendition.contentType,
        ...(rendition.length !== null && { "content-length": String(rendition.length) }),
        "content-disposition": `${disposition}; filename="${file.id}.${rendition.extension}"`,
      },
    });
  }
  notFound();
}

/** Responds with the original, named after its prompt, with embedded settings. Throws like `respondWithMedia`. */
export async function respondWithDownload(row: MediaRow): Promise<Response> {
  const [file] = await exportMedia([row]);
  const chunks = file && (await file.read());
  if (!chunks) notFound();
  const response = attachment(toStream(chunks), row.content_type, toContentDisposition(file.name));
  response.headers.set("content-security-policy", POLICY);
  return response;
}

/** The best one first. */
function listRenditions(file: StoredFile, size: string | null) {
  const { storage_path: path, thumb_path: thumb, content_type: contentType, bytes: length } = file;
  const extension = path.slice(path.lastIndexOf(".") + 1);
  const original = { suffix: "", contentType, extension, length, read: () => storage.get(path) };
  if (size === "thumb" && thumb) return [{ ...THUMBNAIL, read: () => storage.get(thumb) }, original];
  if (size === "preview" && canDecode(file)) return [{ ...PREVIEW, read: () => getPreview(file) }, original];
  return [original];
}
