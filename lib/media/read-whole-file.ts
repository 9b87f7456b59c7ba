import "server-only";
import { processState } from "@/lib/process-globals";

/** Files with more bytes than this are read into memory only one at a time. */
export const MEMORY_BYTES = 4_000_000;

/** Reads a whole file into memory, and returns the result of `process`. */
export async function readWhole<Result>(blob: Blob, process: (bytes: Uint8Array) => Promise<Result>): Promise<Result> {
  const read = async () => process(await blob.bytes());
  return blob.size > MEMORY_BYTES ? processState.readingLargeFiles(read) : read();
}
