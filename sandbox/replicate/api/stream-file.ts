import type { openPadded } from "../file-formats/padding.ts";
import { pause } from "../state/clock.ts";

type File = ReturnType<typeof openPadded>;

/**
 * Returns a stream of these pieces. Each piece is made when the reader asks for it. With `error`, the stream fails after the last
 * piece, so that the connection closes too early. Without `error`, the stream ends normally.
 */
function streamPieces(pieces: Generator<Uint8Array>, error?: Error): ReadableStream {
  return new ReadableStream({
    pull(controller) {
      const next = pieces.next();
      if (!next.done) controller.enqueue(next.value);
      else if (error) controller.error(error);
      else controller.close();
    },
  });
}

/** Sends the bytes from `start` (included) to `end` (not included). */
export function sendPart(file: File, start: number, end: number): ReadableStream {
  return streamPieces(file.read(start, end));
}

/** Sends a share (0 to 1) of the bytes. Then the connection closes, although the header `content-length` has the full length. */
export function cutOff(file: File, share: number): ReadableStream {
  return streamPieces(file.read(0, Math.floor(file.size * share)), new Error("The connection closes here."));
}

/** Sends `perSecond` bytes each second. */
export function sendSlowly(file: File, perSecond: number): ReadableStream {
  const chunk = Math.max(1, Math.floor(perSecond));
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      if (at > 0) await pause((chunk / perSecond) * 1000);
      for (const piece of file.read(at, at + chunk)) controller.enqueue(piece);
      at += chunk;
      if (at >= file.size) controller.close();
    },
  });
}

/** Sends the file again and again, without end. */
export function repeatForever(file: File): ReadableStream {
  function* pieces() {
    for (;;) yield* file.read(0, file.size);
  }
  return streamPieces(pieces());
}

/**
 * Returns the part of a file that a `Range` header asks for, from `start` (included) to `end` (not included). Returns null if the
 * header is missing or not supported, and "outside" if the file has no such bytes.
 */
export function readRange(header: string | null, size: number): { start: number; end: number } | "outside" | null {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (!first && !last) return null;
  const start = first ? Number(first) : Math.max(0, size - Number(last));
  const end = first && last ? Math.min(Number(last) + 1, size) : size;
  return start < end ? { start, end } : "outside";
}
