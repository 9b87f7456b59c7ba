import "server-only";
import { processState } from "@/lib/process-globals";

/** A larger file (bytes) is read into memory only while no other one is there. */
export const MEMORY_BYTES = 4_000_000;

/** Returns what `process` makes of all bytes of a file. */
export async function readWhole<Result>(blob: Blob, process: (bytes: Uint8Array) => Promise<Result>): Promise<Result> {
  const read = async () => process(await blob.bytes());
  return blob.size > MEMORY_BYTES ? processState.readingLargeFiles(read) : read();
}
