import "server-only";
import { crc32 } from "node:zlib";

export type ZipEntry = { name: string; madeAt: Date; chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array> };

/** Sizes and checksum follow the file; the name is UTF-8. */
const FLAGS = 0x0808;
const VERSION = 20;

/**
 * A ZIP archive of files as they are (APPNOTE 6.3.3, method 0), made while it is read: of each file one chunk is in memory.
 * Without ZIP64: all together have to stay below 4 GB.
 */
export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { name, madeAt, chunks } of entries) {
    const path = Buffer.from(name);
    const [start, [time, day]] = [offset, dosTime(madeAt)];
    const local = record("PK\x03\x04", [VERSION, FLAGS, 0, time, day], [0, 0, 0], [path.length, 0]);
    yield Buffer.concat([local, path]);
    let [sum, size] = [0, 0];
    for await (const chunk of chunks) {
      sum = crc32(chunk, sum);
      size += chunk.length;
      if (chunk.length > 0) yield chunk;
    }
    const sizes = [sum, size, size];
    const descriptor = record("PK\x07\x08", [], sizes);
    yield descriptor;
    offset += local.length + path.length + size + descriptor.length;
    const central = [VERSION, VERSION, FLAGS, 0, time, day];
    directory.push(record("PK\x01\x02", central, sizes, [path.length, 0, 0, 0, 0], [0, start]), path);
  }
  const list = Buffer.concat(directory);
  const count = directory.length / 2;
  yield list;
  yield record("PK\x05\x06", [0, 0, count, count], [list.length, offset], [0]);
}

/** A signature, then fields of 2 and of 4 bytes in turn. */
function record(signature: string, ...groups: number[][]): Buffer {
  const fields = groups.flatMap((group, index) =>
    group.map((value) => {
      const field = Buffer.alloc(index % 2 === 0 ? 2 : 4);
      field.writeUIntLE(value, 0, field.length);
      return field;
    }),
  );
  return Buffer.concat([Buffer.from(signature, "latin1"), ...fields]);
}

/** MS-DOS knows two seconds at best, and no zone: UTC here. */
function dosTime(date: Date): [time: number, day: number] {
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  const year = Math.max(0, date.getUTCFullYear() - 1980);
  return [time, (year << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()];
}
