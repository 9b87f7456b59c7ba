import "server-only";
import { processState } from "@/lib/process-globals";

/** Larger files (bytes) are read into memory one at a time. */
export const MEMORY_BYTES = 4_000_000;

/** Returns the result of `process` for all bytes of a file. */
export async function readWhole<Result>(blob: Blob, process: (bytes: Uint8Array) => Promise<Result>): Promise<Result> {
  const read = async () => process(await blob.bytes());
  return blob.size > MEMORY_BYTES ? processState.readingLargeFiles(read) : read();
}
