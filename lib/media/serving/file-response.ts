import "server-only";
import type { SupabaseClient } from "@supabase/supabase-js";
import { getTokenUser } from "@/lib/auth";
import { attachment, NO_SNIFFING, rangeNotSatisfiable, VARY_BY_USER } from "@/lib/http";
import { canDecode } from "@/lib/media/renditions/decoder";
import { getPreview } from "@/lib/media/renditions/preview";
import type { MediaRow, UploadRow } from "@/lib/media/schema";
import * as storage from "@/lib/media/storage";
import { ifNoneMatch, notFound } from "@/lib/request-params";
import { createTokenClient, readToken } from "@/lib/supabase/user-client";
import { exportMedia } from "./media-zip";
import { type ByteRange, requestedRange } from "./byte-range";
import { toContentDisposition } from "./download-name";
import { servedType } from "./served-types";

/** A saved file or an upload. */
type StoredFile = Pick<
  MediaRow,
  "id" | "sha256" | "storage_path" | "thumb_path" | "poster_path" | "content_type" | "bytes" | "width" | "height"
>;

/** A file in one of its sizes: the original, the thumbnail, the preview or the poster. */
type Rendition = {
  /** This text is added to the ETag of the file, so that each rendition has its own ETag. */
  suffix: string;
  contentType: string;
  isShown: boolean;
  extension: string;
  /** The length in bytes; null if it is not known before the file is read. Only a file of known length can be read in parts. */
  length: number | null;
  read: (range: ByteRange | null) => Promise<ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null>;
};

/**
 * This policy blocks JavaScript, for example in an SVG. It allows inline styles, because browsers add them when a file is
 * opened in a tab of its own.
 */
const POLICY = "default-src 'none'; sandbox; style-src 'unsafe-inline'";
/**
 * The policy for a video or audio. If such a file is opened in a tab of its own, the browser shows a page with a player, and the
 * player loads the same URL. In a sandbox, this page has no origin, and could not load the URL. `allow-same-origin` gives the
 * page the origin of the app. No other file needs this.
 */
const PLAYER_POLICY = "default-src 'none'; sandbox allow-same-origin; style-src 'unsafe-inline'; media-src 'self'";
const THUMBNAIL = { suffix: "-thumb", contentType: "image/webp", isShown: true, extension: "webp", length: null };
const POSTER = { suffix: "-poster", contentType: "image/jpeg", isShown: true, extension: "jpg", length: null };
const PREVIEW = { ...POSTER, suffix: "-preview" };

/**
 * Calls `read` with a client that has the caller's rights, and returns its result. To save time, Supabase verifies the caller's
 * token at the same time. Throws `not_found` if the result is null, or if the caller is not signed in or was signed out.
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
 * Responds with a file in the size that `?size=` names. If an image has no thumbnail or preview, its original is sent instead.
 * The `Range` header works only for originals. The caller must have checked access. The owner's browser caches the file forever,
 * because its bytes never change. Anyone may cache a shared file, but must check each time that it is still shared. Throws
 * `not_found` if storage has no such file, and `db_unavailable` if storage is unavailable.
 */
export async function respondWithMedia(request: Request, file: StoredFile, isShared: boolean): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const access = isShared
    ? { "cache-control": "public, no-cache", "referrer-policy": "no-referrer", "x-robots-tag": "noindex" }
    : { "cache-control": "private, max-age=31536000, immutable", ...VARY_BY_USER };
  for (const rendition of listRenditions(file, query.get("size"))) {
    const disposition = query.has("download") || !rendition.isShown ? "attachment" : "inline";
    const headers = {
      ...access,
      "content-disposition": `${disposition}; filename="${file.id}.${rendition.extension}"`,
      etag: `"${file.sha256.slice(0, 32)}${rendition.suffix}"`,
    };
    const response = await respondWithRendition(request, rendition, headers);
    if (response) return response;
  }
  notFound();
}

/**
 * Responds with an upload, or with a part of it, as a download with the name of the upload. The headers stop a browser from
 * running its content. The caller must have checked access. A browser may cache the file, but must ask each time whether it still
 * exists. Throws the same errors as `respondWithMedia`.
 */
export async function respondWithUpload(request: Request, file: UploadRow): Promise<Response> {
  const [original] = listRenditions({ ...file, poster_path: null }, null);
  // The original name may have the extension of a program, such as `exe`. The stored file then has the extension `bin`, and the
  // download gets it too, so that the program does not run when the user opens the download.
  const name = `${file.name.replace(/\.[^.]*$/, "") || file.id}.${original?.extension}`;
  const headers = {
    "cache-control": "private, no-cache",
    "content-disposition": toContentDisposition(name),
    etag: `"${file.sha256}"`,
    "content-security-policy": POLICY,
  };
  return (original && (await respondWithRendition(request, original, headers))) ?? notFound();
}

/** Returns the headers that stop a browser from running the content of a file. */
export function safetyHeaders(contentType: string): Record<string, string> {
  const policy = /^(video|audio)\//.test(contentType) ? PLAYER_POLICY : POLICY;
  return { ...NO_SNIFFING, "content-security-policy": policy };
}

/** Responds with one size of a file. Returns null if storage has no such file. */
async function respondWithRendition(
  request: Request,
  { contentType, length, read }: Rendition,
  given: { etag: string; "cache-control": string },
): Promise<Response | null> {
  const headers = { ...safetyHeaders(contentType), ...given };
  const { etag } = given;
  if (ifNoneMatch(request) === etag) return new Response(null, { status: 304, headers });
  const range = length === null ? null : requestedRange(request, etag, length);
  if (range === "unsatisfiable") return rangeNotSatisfiable(length ?? 0);
  const body = await read(range);
  if (!body) return null;
  return new Response(await bodyFor(request, body), {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      "content-type": contentType,
      ...(length !== null && { "accept-ranges": "bytes" }),
      // `no-transform` stops proxies from compressing a part of a file. The parts of a compressed file would not fit together.
      ...(range && {
        "content-range": `bytes ${range.start}-${range.end}/${length}`,
        "cache-control": `${given["cache-control"]}, no-transform`,
      }),
    },
  });
}

/**
 * Responds with the original as a download that is named after its prompt. The settings are embedded if the format allows it.
 * Throws `not_found` if storage has no such file, and `db_unavailable` if storage is unavailable.
 */
export async function respondWithDownload(request: Request, row: MediaRow): Promise<Response> {
  const [file] = await exportMedia([row]);
  const content = file && (await file.read());
  if (!content) notFound();
  const { contentType } = servedType(row.content_type);
  const body = await bodyFor(request, content);
  const response = attachment(body, contentType, toContentDisposition(file.name));
  response.headers.set("content-security-policy", POLICY);
  return response;
}

/**
 * Returns the renditions that can be sent for `?size=`, the best one first. If a thumbnail or preview is missing, an image is
 * sent as it is. Any other file, such as a video, is never sent in place of its thumbnail or preview.
 */
function listRenditions(file: StoredFile, size: string | null): Rendition[] {
  const { storage_path: path, thumb_path: thumb, poster_path: poster, bytes: length } = file;
  const extension = path.slice(path.lastIndexOf(".") + 1);
  const original = { suffix: "", ...servedType(file.content_type), extension, length };
  const originals = [{ ...original, read: (range: ByteRange | null) => storage.get(path, range) }];
  const images = file.content_type.startsWith("image/") ? originals : [];
  const posters = poster ? [{ ...POSTER, read: () => storage.get(poster) }] : [];
  switch (size) {
    case "thumb":
      return thumb ? [{ ...THUMBNAIL, read: () => storage.get(thumb) }, ...images] : images;
    case "preview":
      return canDecode(file) ? [{ ...PREVIEW, read: () => getPreview(file) }, ...images] : [...posters, ...images];
    case "poster":
      return posters;
    default:
      return originals;
  }
}

/**
 * Returns the body of the response. For a HEAD request, it closes the stream from storage and returns null, because the response
 * has no body.
 */
async function bodyFor<Body extends ReadableStream | Uint8Array<ArrayBuffer>>({ method }: Request, body: Body) {
  if (method !== "HEAD") return body;
  if (body instanceof ReadableStream) await body.cancel();
  return null;
}
