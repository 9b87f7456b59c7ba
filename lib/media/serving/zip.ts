import "server-only";
import { crc32 } from "node:zlib";

export type ZipEntry = { name: string; createdAt: Date; chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array> };

/** Bit 3: the sizes and the checksum follow the file. Bit 11: the name is UTF-8. */
const FLAGS = 0x0808;
/** The versions of the format that a reader needs: without and with ZIP64. */
const [VERSION, VERSION_64] = [20, 45];
/** These values say that a number is too large for its field of 2 or 4 bytes. The number is then in another field, of 8 bytes. */
const [LARGE_2, LARGE_4] = [0xffff, 0xffffffff];

/**
 * Returns a ZIP of uncompressed files (APPNOTE 6.3.3, method 0), generated while it is read. Each file must have less than 4
 * GB. The whole archive may be larger, or have any number of files: it then uses ZIP64.
 */
export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let count = 0;
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
    count += 1;
    // An offset that does not fit into 4 bytes is in an extra field of type 1 (ZIP64).
    const extra = start < LARGE_4 ? Buffer.alloc(0) : Buffer.concat([record("", [1, 8]), uint64(start)]);
    const version = extra.length > 0 ? VERSION_64 : VERSION;
    const central = [version, version, FLAGS, 0, time, day];
    const at = Math.min(start, LARGE_4);
    directory.push(record("PK\x01\x02", central, sizes, [path.length, extra.length, 0, 0, 0], [0, at]), path, extra);
  }
  const list = Buffer.concat(directory);
  yield list;
  if (count >= LARGE_2 || offset >= LARGE_4) yield largeEnd(count, list.length, offset);
  const total = Math.min(count, LARGE_2);
  yield record("PK\x05\x06", [0, 0, total, total], [list.length, Math.min(offset, LARGE_4)], [0]);
}

/**
 * Returns the two records that follow the directory in ZIP64. The first contains the number of files, and the length and the
 * offset of the directory. The second contains the offset of the first.
 */
function largeEnd(count: number, length: number, offset: number): Buffer {
  const sizes = [count, count, length, offset].map(uint64);
  const end = [record("PK\x06\x06"), uint64(44), record("", [VERSION_64, VERSION_64], [0, 0]), ...sizes];
  const locator = [record("PK\x06\x07", [], [0]), uint64(offset + length), record("", [], [1])];
  return Buffer.concat([...end, ...locator]);
}

/**
 * Returns a signature and groups of fields. In the first and third group, each field has 2 bytes; in the second and fourth, 4
 * bytes.
 */
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

function uint64(value: number): Buffer {
  const field = Buffer.alloc(8);
  field.writeBigUInt64LE(BigInt(value));
  return field;
}

/** Converts a time to the format of MS-DOS, which has a resolution of two seconds and no time zone. The result is in UTC. */
function dosTime(date: Date): [time: number, day: number] {
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  const year = Math.max(0, date.getUTCFullYear() - 1980);
  return [time, (year << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()];
}
