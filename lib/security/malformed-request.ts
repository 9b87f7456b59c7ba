import { senderOf } from "@/lib/security/origin";

type Summary = { method: string; pathname: string; headers: Headers };

/** Maximum size of a form (bytes): Next's own limit. */
const MAX_FORM = 1024 * 1024;

/** Returns why a page request is rejected, or null. Next would respond to it with 500. */
export function rejectMalformed({ method, pathname, headers }: Summary) {
  if (!isValidPath(pathname)) return { status: 400, message: "This URL is malformed." };
  if (method === "GET" || method === "HEAD") return null;
  const isForeign = senderOf(headers) === "foreign";
  if (isForeign) return { status: 403, message: "This request did not come from Darkroom's own pages." };
  const isLong = Number(headers.get("content-length")) > MAX_FORM;
  return isLong ? { status: 413, message: "The form is larger than 1 MB." } : null;
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
