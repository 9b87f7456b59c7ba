import "server-only";
import { isAllowedUrl } from "@/lib/security/allowed-url";
import { UnavailableFile, UnsupportedFile } from "./file-errors";
import { storeTemporarily, type TemporaryFile } from "./temporary-files";

type DownloadOptions = { allowedOrigins: readonly string[]; maxBytes: number; timeoutMs?: number };

/** `hasFullLength`: whether the file certainly has its full length. False if the host did not announce the length. */
type Download = TemporaryFile & { hasFullLength: boolean };

/** Each time this many more bytes have arrived, the time limit of the download starts again. So a large file may take longer. */
const PACE = 1_000_000;

/**
 * Fetches an output file from an allowed origin, or decodes it from a data URI, and stores it temporarily. The caller must call
 * `remove`. Redirects are not followed, and nothing that identifies a user is sent. Throws `UnsupportedFile` if the URL is not
 * allowed or the file has more than `maxBytes`. Throws `UnavailableFile` if the file cannot be fetched, with the reason `gone`
 * if the host has deleted it. Any other error is a failure of our own disk.
 */
export async function fetchOutputFile(url: string, options: DownloadOptions): Promise<Download> {
  const { allowedOrigins, maxBytes, timeoutMs = 30_000 } = options;
  if (url.startsWith("data:")) return decodeDataUri(url, maxBytes);
  if (!isAllowedUrl(url, allowedOrigins)) {
    throw new UnsupportedFile("unsupported_output", "The file's URL is not allowed.");
  }
  const transfer = new AbortController();
  const timer = setTimeout(() => transfer.abort(), timeoutMs);
  try {
    const response = await fetch(url, {
      signal: transfer.signal,
      redirect: "error",
      cache: "no-store",
      credentials: "omit",
      headers: { accept: "*/*", "accept-encoding": "identity" },
    }).catch(failToFetch);
    const announced = readLength(response);
    if (announced !== null && announced > maxBytes) throw tooLarge(maxBytes);
    const file = await storeTemporarily(readBody(response, timer), maxBytes);
    if (!file) throw tooLarge(maxBytes);
    const { size } = file.blob;
    if (announced === null || announced === size) return { ...file, hasFullLength: announced !== null };
    await file.remove();
    throw new UnavailableFile("unavailable", `Only ${size} of ${announced} bytes arrived.`);
  } finally {
    clearTimeout(timer);
    // Closes the connection if the response was not read completely.
    transfer.abort();
  }
}

/**
 * Returns the length (bytes) that the response announces; null if it announces none. Throws `UnavailableFile` for an error
 * response.
 */
function readLength({ status, headers }: Response): number | null {
  if (status === 410) throw new UnavailableFile("gone", "Replicate has deleted the file.");
  // After a 404, the file may still appear: perhaps it has not reached every server of the CDN yet. So a later attempt may
  // succeed.
  if (status === 404) throw new UnavailableFile("unavailable", "Replicate does not have the file.");
  if (status !== 200) throw new UnavailableFile("unavailable", `Replicate responded with status ${status}.`);
  const length = headers.get("content-length");
  // The Content-Length of a compressed response is the compressed size, not the length of the file.
  return length && !headers.has("content-encoding") ? Number(length) : null;
}

async function* readBody({ body }: Response, timer: NodeJS.Timeout) {
  let arrived = 0;
  try {
    for await (const chunk of body ?? []) {
      arrived += chunk.byteLength;
      if (arrived >= PACE) {
        arrived = 0;
        timer.refresh();
      }
      yield chunk;
    }
  } catch (error) {
    failToFetch(error);
  }
}

function failToFetch(cause: unknown): never {
  throw new UnavailableFile("unavailable", "The file could not be fetched.", { cause });
}

async function decodeDataUri(uri: string, maxBytes: number): Promise<Download> {
  const file = await storeTemporarily([decodeContent(uri)], maxBytes);
  if (!file) throw tooLarge(maxBytes);
  return { ...file, hasFullLength: true };
}

function decodeContent(uri: string): Uint8Array<ArrayBuffer> {
  const comma = uri.indexOf(",");
  const content = uri.slice(comma + 1);
  if (uri.slice(0, comma).endsWith(";base64")) return Buffer.from(content, "base64");
  try {
    if (comma > 0) return Buffer.from(decodeURIComponent(content));
  } catch {
    // The data URI has invalid escape sequences. The error below is thrown.
  }
  throw new UnsupportedFile("unsupported_output", "The data URI cannot be decoded.");
}

function tooLarge(maxBytes: number) {
  return new UnsupportedFile("too_large", `The file is larger than ${maxBytes / 1_000_000} MB.`);
}
