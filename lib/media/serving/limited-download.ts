import "server-only";
import { registerArchive } from "@/lib/limits/request-limits";
import type { OpenArchive } from "@/lib/process-globals";

/**
 * Returns a body with the chunks of an archive, for one response. A chunk is generated only when the client is ready for it. If
 * the client disconnects, the generator ends. Throws `rate_limited` if the user downloads too many archives: see
 * `registerArchive`.
 */
export function limitedDownload(userId: string, chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  const archive: OpenArchive = { idleSince: performance.now(), end: () => {} };
  const release = registerArchive(userId, archive);
  const leave = () => chunks.return(undefined).then(release, release);
  const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    archive.end = () => {
      controller.error(
        new Error("The client has stopped reading this download, and the user has started another one."),
      );
      void leave();
    };
  };
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    archive.idleSince = Infinity;
    try {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
      if (next.done) release();
    } catch (error) {
      release();
      throw error;
    }
    archive.idleSince = performance.now();
  };
  return new ReadableStream({ start, pull, cancel: leave }, { highWaterMark: 0 });
}
