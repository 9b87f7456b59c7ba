import "server-only";
import { readAtMost } from "@/lib/read-at-most";
import { isAllowedUrl } from "@/lib/security/allowed-url";
import { UnavailableFile, UnsupportedFile } from "./file-errors";

type DownloadOptions = { allowedOrigins: readonly string[]; maxBytes?: number; timeoutMs?: number };

/**
 * Returns the bytes of an output file, from an allowed origin or a data URI. Redirects are not followed, and nothing that
 * identifies a user is sent. Throws `UnsupportedFile` if the URL is not allowed or the file has more than `maxBytes` (25 MB).
 * Throws `UnavailableFile` if it cannot be fetched, with the reason `gone` if the host has deleted it.
 */
export async function downloadFile(url: string, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { allowedOrigins, maxBytes = 25_000_000, timeoutMs = 30_000 } = options;
  if (url.startsWith("data:")) return decodeDataUri(url, maxBytes);
  if (!isAllowedUrl(url, allowedOrigins)) {
    throw new UnsupportedFile("unsupported_output", "The file's URL is not allowed.");
  }
  const done = new AbortController();
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), done.signal]),
      redirect: "error",
      cache: "no-store",
      credentials: "omit",
      headers: { accept: "image/*", "accept-encoding": "identity" },
    });
    return await readFile(response, maxBytes);
  } catch (error) {
    if (error instanceof UnsupportedFile || error instanceof UnavailableFile) throw error;
    throw new UnavailableFile("unavailable", "The file could not be fetched.", { cause: error });
  } finally {
    // Closes the connection if the response was not read completely.
    done.abort();
  }
}

async function readFile({ status, headers, body }: Response, maxBytes: number) {
  if (status === 410) throw new UnavailableFile("gone", "Replicate has deleted the file.");
  // The file may not have reached every server of the CDN yet.
  if (status === 404) throw new UnavailableFile("unavailable", "Replicate does not have the file.");
  if (status !== 200) throw new UnavailableFile("unavailable", `Replicate responded with status ${status}.`);
  const length = headers.get("content-length");
  const bytes = Number(length) > maxBytes ? null : await readAtMost(body, maxBytes);
  if (!bytes) throw tooLarge(maxBytes);
  // If the response is compressed, Content-Length is the compressed size.
  if (length && !headers.has("content-encoding") && Number(length) !== bytes.length) {
    throw new UnavailableFile("unavailable", `Only ${bytes.length} of ${length} bytes arrived.`);
  }
  return bytes;
}

function decodeDataUri(uri: string, maxBytes: number) {
  const comma = uri.indexOf(",");
  if (!uri.slice(0, comma).endsWith(";base64")) {
    throw new UnsupportedFile("unsupported_output", "The data URI is not in base64.");
  }
  const base64 = uri.slice(comma + 1);
  if (Buffer.byteLength(base64, "base64") > maxBytes) throw tooLarge(maxBytes);
  return Buffer.from(base64, "base64");
}

function tooLarge(maxBytes: number) {
  return new UnsupportedFile("too_large", `The file is larger than ${maxBytes / 1_000_000} MB.`);
}
