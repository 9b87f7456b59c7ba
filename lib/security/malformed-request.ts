import { senderOf } from "@/lib/security/origin";

type Asked = { method: string; pathname: string; headers: Headers };
type Refusal = { status: 400 | 403 | 413; words: string };

/** As many bytes as Next takes with a form. */
const MAX_FORM = 1024 * 1024;

/**
 * Why a request for a page is refused before Next reads it, which would answer with 500, as if it were a failure of ours;
 * null for every other.
 */
export function rejectMalformed({ method, pathname, headers }: Asked): Refusal | null {
  if (!isText(pathname)) return { status: 400, words: "This address is not well-formed." };
  if (method === "GET" || method === "HEAD") return null;
  if (senderOf(headers) === "foreign") return { status: 403, words: "This was not sent from Darkroom's own pages." };
  const isLong = Number(headers.get("content-length")) > MAX_FORM;
  return isLong ? { status: 413, words: "That is more than a form of ours holds." } : null;
}

/** Whether the percent signs of a path stand for UTF-8. */
export function isText(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}
