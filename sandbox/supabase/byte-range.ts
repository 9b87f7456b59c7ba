type Part = { start: number; end: number };

/**
 * Returns the positions of the first and of the last byte that a Range header asks for. Returns "unsatisfiable" if the file has
 * no such bytes. Returns null if the whole file must be sent: without a valid header or, as with S3, if the header asks for
 * several parts.
 */
export function readRange(header: string | null, size: number): Part | "unsatisfiable" | null {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? "") ?? [];
  if (first === "" && last === "") return null;
  // `-500` asks for the last 500 bytes.
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return null;
  return start > end ? "unsatisfiable" : { start, end };
}
