import "server-only";
import { crc32 } from "node:zlib";
import { descriptor, directoryEntry, endOfArchive, localHeader } from "./zip-records";

export type ZipEntry = { name: string; createdAt: Date; chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array> };

/**
 * Returns a ZIP of uncompressed files whose sizes need not be known. It is generated while it is read. Each file must have less
 * than 4 GB. The whole archive may be larger, or have any number of files.
 */
export async function* zipOfUnknownSizes(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { name, createdAt, chunks } of entries) {
    const header = localHeader({ name, createdAt });
    yield header;
    let [sum, size] = [0, 0];
    for await (const chunk of chunks) {
      sum = crc32(chunk, sum);
      size += chunk.length;
      if (chunk.length > 0) yield chunk;
    }
    const end = descriptor({ size, crc32: sum });
    yield end;
    directory.push(directoryEntry({ name, createdAt, size, crc32: sum, offset }, false));
    offset += header.length + size + end.length;
  }
  const list = Buffer.concat(directory);
  yield list;
  yield endOfArchive(directory.length, list.length, offset);
}
