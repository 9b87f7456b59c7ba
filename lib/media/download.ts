import "server-only";
import { readAtMost } from "@/lib/read-at-most";
import { UnavailableFile, UnsupportedFile } from "./errors";

/** Files may come from `allowedOrigins`, such as `https://*.replicate.delivery`: a `*` stands for any subdomain. */
type DownloadOptions = { allowedOrigins: readonly string[]; maxBytes?: number; timeoutMs?: number };

/**
 * The bytes of an output file, from an allowed origin or a data URI. Redirects are not followed, and nothing that
 * identifies a user is sent. Throws `UnsupportedFile` for a URL that is not allowed or a file of more than `maxBytes`
 * (25 MB), `UnavailableFile` for any failure to fetch it, with the reason `gone` when the host has deleted it.
 */
export async function downloadFile(url: string, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { allowedOrigins, maxBytes = 25_000_000, timeoutMs = 30_000 } = options;
  if (url.startsWith("data:")) return decodeDataUri(url, maxBytes);
  if (!isAllowed(url, allowedOrigins)) {
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
    // Closes the connection if the response was not read to its end.
    done.abort();
  }
}

/**
 * Whether the URL, exactly as written, starts with an allowed origin. Hosts are trusted by name, wherever DNS leads: anyone who
 * controls Replicate's zone could send any bytes anyway, and only images are saved.
 */
export function isAllowed(url: string, allowedOrigins: readonly string[]): boolean {
  const target = URL.parse(url);
  // Replicate writes no URL that the parser has to normalize (case, tabs, backslashes, `user@`, `:443`, numeric hosts).
  if (!target || !url.startsWith(`${target.origin}/`)) return false;
  return allowedOrigins.some((origin) => {
    const allowed = URL.parse(origin);
    if (!allowed || allowed.protocol !== target.protocol || allowed.port !== target.port) return false;
    if (!allowed.hostname.startsWith("*.")) return allowed.hostname === target.hostname;
    const suffix = allowed.hostname.slice(1);
    return target.hostname.endsWith(suffix) && target.hostname.length > suffix.length;
  });
}

async function readFile({ status, headers, body }: Response, maxBytes: number) {
  if (status === 410) throw new UnavailableFile("gone", "Replicate has deleted the file.");
  // The file may not have reached every server of the CDN yet.
  if (status === 404) throw new UnavailableFile("unavailable", "Replicate does not have the file.");
  if (status !== 200) throw new UnavailableFile("unavailable", `Replicate answered with status ${status}.`);
  const length = headers.get("content-length");
  const bytes = Number(length) > maxBytes ? null : await readAtMost(body, maxBytes);
  if (!bytes) throw tooLarge(maxBytes);
  // The length of an encoded body is not the number of decoded bytes.
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
