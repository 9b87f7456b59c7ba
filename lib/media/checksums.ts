import "server-only";
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** `sha256` is hexadecimal. `crc32` is the checksum that ZIP archives use. */
export type Checksums = { sha256: string; crc32: number };

/** Computes the checksums of bytes that arrive in pieces. */
export function createChecksums() {
  const hash = createHash("sha256");
  let sum = 0;
  return {
    update(piece: Uint8Array): void {
      hash.update(piece);
      sum = crc32(piece, sum);
    },
    finish: (): Checksums => ({ sha256: hash.digest("hex"), crc32: sum }),
  };
}

/** Returns the checksums of a file, in memory or on disk. */
export async function checksumsOf(blob: Blob): Promise<Checksums> {
  const checksums = createChecksums();
  for await (const piece of blob.stream()) checksums.update(piece);
  return checksums.finish();
}
