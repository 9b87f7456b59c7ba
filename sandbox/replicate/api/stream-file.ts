import type { openPadded } from "../file-formats/padding.ts";
import { pause } from "../state/clock.ts";

type File = ReturnType<typeof openPadded>;

/** Sends pieces as they are asked for, and closes, or fails with `error`: then the connection closes too early. */
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

/** Sends the bytes from `start` to before `end`. */
export function sendPart(file: File, start: number, end: number): ReadableStream {
  return streamPieces(file.read(start, end));
}

/** Sends a share of the bytes, then fails: the connection closes before the announced length is reached. */
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

/** Sends the file again and again. */
export function repeatForever(file: File): ReadableStream {
  function* pieces() {
    for (;;) yield* file.read(0, file.size);
  }
  return streamPieces(pieces());
}

/** The part that a `Range` header asks for, without the byte at `end`. Null if it is invalid, "outside" if the part is empty. */
export function readRange(header: string | null, size: number): { start: number; end: number } | "outside" | null {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (!first && !last) return null;
  const start = first ? Number(first) : Math.max(0, size - Number(last));
  const end = first && last ? Math.min(Number(last) + 1, size) : size;
  return start < end ? { start, end } : "outside";
}
