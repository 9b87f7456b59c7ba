/** The offsets of the first and the last byte of a part of a file. */
export type ByteRange = { start: number; end: number };

/**
 * Returns the part of a file of `length` bytes that a `Range` header asks for (RFC 9110, section 14.2). Returns `unsatisfiable`
 * if the part begins after the end of the file. Returns null, for the whole file, if the header is missing or invalid, or asks
 * for several parts.
 */
export function parseRange(header: string | null, length: number): ByteRange | "unsatisfiable" | null {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (!first && !last) return null;
  // The header `bytes=-500` asks for the last 500 bytes.
  const start = first ? Number(first) : Math.max(0, length - Number(last));
  const end = first && last ? Math.min(Number(last), length - 1) : length - 1;
  if (first && last && Number(last) < start) return null;
  return start > end ? "unsatisfiable" : { start, end };
}

/**
 * Returns the part of a file that a request asks for: see `parseRange`. Returns null for the whole file. If the header `If-Range`
 * names an older version of the file, the client has a part of that older version, so it gets the whole new file.
 */
export function requestedRange({ method, headers }: Request, etag: string, length: number) {
  const condition = headers.get("if-range");
  const applies = method === "GET" && (condition === null || condition === etag);
  return applies ? parseRange(headers.get("range"), length) : null;
}
