import { readAtMost } from "@/lib/read-at-most";
import { isDecodable } from "@/lib/security/decodable-body";
import { senderOf } from "@/lib/security/origin";

type Summary = { method: string; pathname: string; headers: Headers };

/** The largest size of a form (bytes). Next has the same limit. */
const MAX_FORM = 1024 * 1024;

type Rejection = { status: number; message: string };

const tooLong: Rejection = { status: 413, message: "The form is larger than 1 MB." };

/**
 * Returns why a request for a page is rejected. Returns null if the request is accepted. Without this check, Next would respond
 * with 500.
 */
export function rejectMalformed({ method, pathname, headers }: Summary): Rejection | null {
  if (!isValidPath(pathname)) return { status: 400, message: "This URL is malformed." };
  if (method === "GET" || method === "HEAD") return null;
  const isForeign = senderOf(headers) === "foreign";
  if (isForeign) return { status: 403, message: "This request did not come from this app's own pages." };
  const isLong = Number(headers.get("content-length")) > MAX_FORM;
  return isLong ? tooLong : null;
}

/**
 * Returns why the body of a form or a server action is rejected. Returns null if the body is accepted. Reads a clone of the
 * request, so that the body of the request itself can still be read.
 */
export async function rejectMalformedBody(request: Request): Promise<Rejection | null> {
  if (request.method !== "POST") return null;
  const { headers } = request;
  const type = headers.get("content-type") ?? "";
  const body = await readAtMost(request.clone().body, MAX_FORM).catch(() => undefined);
  if (body === null) return tooLong;
  const isCall = headers.has("next-action");
  return body && (await isDecodable(body, type, isCall))
    ? null
    : { status: 400, message: "This form is malformed. Reload the page and try again." };
}

/** Whether the percent-encoded parts of a path are valid UTF-8. */
export function isValidPath(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}
