import "server-only";
import { crc32 } from "node:zlib";
import { createCache } from "@/lib/cache";
import type { PlannedFile } from "@/lib/media/serving/planned-zip";

type Generate = () => AsyncIterable<Uint8Array>;
/** `pieces` is the content of the file; null if the content is too large to be kept. */
type Measured = { size: number; crc32: number; pieces: Uint8Array[] | null };

/** A file of at most this size (bytes) is kept in memory for `TTL`, so that it is generated only once. */
const MAX_KEPT = 2_000_000;
/** How long the size and the checksum of a generated file are cached (ms). */
const TTL = 60_000;

const measured = createCache<Measured>({ ttl: TTL, max: 20 });

/**
 * Plans a file that is generated while it is read. Its size and checksum must be known in advance, so this function generates the
 * file once to measure it, and caches the result for a minute. `version` must be different for each export and each content.
 */
export async function planGenerated(
  { name, createdAt, version }: { name: string; createdAt: Date; version: string },
  generate: Generate,
): Promise<PlannedFile> {
  const { size, crc32: sum, pieces } = await measured(version, () => measure(generate));
  const open: PlannedFile["open"] = async ({ start, end }) => cut(pieces ?? generate(), start, end);
  return { name, createdAt, size, crc32: sum, open };
}

/** Drops the cached size and checksum of a generated file. Call this if they do not match the bytes that were read from it. */
export function forgetGenerated(version: string): void {
  measured.forget(version);
}

async function measure(generate: Generate): Promise<Measured> {
  let [size, sum] = [0, 0];
  let pieces: Uint8Array[] | null = [];
  for await (const piece of generate()) {
    size += piece.length;
    sum = crc32(piece, sum);
    if (size > MAX_KEPT) pieces = null;
    pieces?.push(piece);
  }
  return { size, crc32: sum, pieces };
}

/** Yields only the bytes of the pieces from the offset `start` to the offset `end`, both inclusive. */
async function* cut(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, start: number, end: number) {
  let offset = 0;
  for await (const piece of pieces) {
    if (offset > end) return;
    yield piece.subarray(Math.max(0, start - offset), Math.max(0, end + 1 - offset));
    offset += piece.length;
  }
}
