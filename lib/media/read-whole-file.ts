import "server-only";
import { processState } from "@/lib/process-globals";

/** A file with more bytes than this is called large. Only one large file at a time is read into memory. */
export const MEMORY_BYTES = 4_000_000;

/**
 * Reads a whole file into memory, and returns the result of `process`. If the file is large, first waits until no other large
 * file is in memory.
 */
export async function readWhole<Result>(blob: Blob, process: (bytes: Uint8Array) => Promise<Result>): Promise<Result> {
  const read = async () => process(await blob.bytes());
  return blob.size > MEMORY_BYTES ? processState.readingLargeFiles(read) : read();
}
