import "server-only";
import { crc32 } from "node:zlib";

export type ZipEntry = { name: string; createdAt: Date; chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array> };

/** Bits 3 and 11: sizes and checksum follow the file, and the name is UTF-8. */
const FLAGS = 0x0808;
const VERSION = 20;

/** A ZIP of uncompressed files (APPNOTE 6.3.3, method 0), generated while it is read. No ZIP64: it must stay below 4 GB. */
export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { name, createdAt, chunks } of entries) {
    const path = Buffer.from(name);
    const [start, [time, day]] = [offset, dosTime(createdAt)];
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

/** A signature and groups of fields: the first group has 2 bytes per field, the second 4, the third 2. */
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

/** MS-DOS time has a resolution of two seconds and no time zone. This is UTC. */
function dosTime(date: Date): [time: number, day: number] {
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  const year = Math.max(0, date.getUTCFullYear() - 1980);
  return [time, (year << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()];
}
