// The records of a ZIP archive with uncompressed files (APPNOTE 6.3.3, method 0). Each file must have less than 4 GB. The archive
// may be larger, or have any number of files: it then uses ZIP64.

/** A file in an archive. `offset`: where its first record begins. */
type Listed = { name: string; createdAt: Date; size: number; crc32: number; offset: number };

/** Bit 11 of a file's flags: the name is UTF-8. */
const UTF_8 = 0x0800;
/** Bit 3 of a file's flags: the size and the checksum are not in the local header, but follow the file. */
const SIZE_FOLLOWS = 0x0008;
/**
 * A reader of the archive must know at least this version of the ZIP format: `VERSION`, or `VERSION_64` if a record uses ZIP64.
 */
const [VERSION, VERSION_64] = [20, 45];
/** These values say that a number is too large for its field of 2 or 4 bytes. The number is then in another field, of 8 bytes. */
const [LARGE_2, LARGE_4] = [0xffff, 0xffffffff];

/**
 * Returns the local header: the record before the bytes of a file. `known` is the size and the checksum of the file. If `known`
 * is left out, the record from `descriptor` must follow the bytes of the file.
 */
export function localHeader(
  { name, createdAt }: Pick<Listed, "name" | "createdAt">,
  known?: Pick<Listed, "size" | "crc32">,
): Buffer {
  const path = Buffer.from(name);
  const sizes = known ? [known.crc32, known.size, known.size] : [0, 0, 0];
  const fields = [VERSION, flagsOf(known !== undefined), 0, ...dosTime(createdAt)];
  return Buffer.concat([record("PK\x03\x04", fields, sizes, [path.length, 0]), path]);
}

/**
 * Returns the record that follows the bytes of a file. It is needed only if the local header does not contain the size and the
 * checksum.
 */
export function descriptor({ size, crc32 }: Pick<Listed, "size" | "crc32">): Buffer {
  return record("PK\x07\x08", [], [crc32, size, size]);
}

/** Returns the entry of a file in the directory. `isKnown`: whether the local header has the size and the checksum. */
export function directoryEntry({ name, createdAt, size, crc32, offset }: Listed, isKnown: boolean): Buffer {
  const path = Buffer.from(name);
  // An offset that does not fit into 4 bytes is in an extra field of type 1 (ZIP64).
  const extra = offset < LARGE_4 ? Buffer.alloc(0) : Buffer.concat([record("", [1, 8]), uint64(offset)]);
  const version = extra.length > 0 ? VERSION_64 : VERSION;
  const fields = [version, version, flagsOf(isKnown), 0, ...dosTime(createdAt)];
  const lengths = [path.length, extra.length, 0, 0, 0];
  const entry = record("PK\x01\x02", fields, [crc32, size, size], lengths, [0, Math.min(offset, LARGE_4)]);
  return Buffer.concat([entry, path, extra]);
}

/**
 * Returns the records after the directory of the archive. `count` is the number of entries in the directory. `length` and
 * `offset` are the length of the directory, and its offset in the archive.
 */
export function endOfArchive(count: number, length: number, offset: number): Buffer {
  const large = count >= LARGE_2 || offset >= LARGE_4 ? largeEnd(count, length, offset) : Buffer.alloc(0);
  const total = Math.min(count, LARGE_2);
  return Buffer.concat([large, record("PK\x05\x06", [0, 0, total, total], [length, Math.min(offset, LARGE_4)], [0])]);
}

/**
 * Returns the two records that follow the directory in an archive with ZIP64. The first record contains the number of files, and
 * the length and the offset of the directory. The second record contains the offset of the first record.
 */
function largeEnd(count: number, length: number, offset: number): Buffer {
  const sizes = [count, count, length, offset].map(uint64);
  const end = [record("PK\x06\x06"), uint64(44), record("", [VERSION_64, VERSION_64], [0, 0]), ...sizes];
  const locator = [record("PK\x06\x07", [], [0]), uint64(offset + length), record("", [], [1])];
  return Buffer.concat([...end, ...locator]);
}

function flagsOf(isKnown: boolean): number {
  return isKnown ? UTF_8 : UTF_8 | SIZE_FOLLOWS;
}

/**
 * Returns the bytes of a record: its signature, and then its fields in groups. The fields of the first and the third group have 2
 * bytes each. The fields of the second and the fourth group have 4 bytes each.
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
