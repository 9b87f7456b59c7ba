import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { zipOfUnknownSizes, type ZipEntry } from "@/lib/media/serving/zip-of-unknown-sizes";

const createdAt = new Date("2026-11-21T14:32:08Z");

async function bytesOf(entries: ZipEntry[]) {
  async function* each() {
    yield* entries;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of zipOfUnknownSizes(each())) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Reads an archive as other programs do, beginning with the directory at its end (APPNOTE 6.3.3, section 4.3). */
function unzip(archive: Buffer) {
  const end = archive.subarray(-22);
  expect(end.readUInt32LE(0)).toBe(0x06054b50);
  const [count, size, start] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)];
  expect(start + size + end.length).toBe(archive.length);
  let at = start;
  return Array.from({ length: count }, () => {
    const entry = archive.subarray(at);
    expect(entry.readUInt32LE(0)).toBe(0x02014b50);
    const name = entry.subarray(46, 46 + entry.readUInt16LE(28));
    at += 46 + name.length;
    const data = readFile(archive.subarray(entry.readUInt32LE(42)), entry, name);
    return { name: name.toString(), isUtf8: (entry.readUInt16LE(8) & 0x800) > 0, data, time: timeOf(entry) };
  });
}

/** Returns the content of a file. The headers around the content must agree with `entry`, the file's entry in the directory. */
function readFile(file: Buffer, entry: Buffer, name: Buffer) {
  expect(file.readUInt32LE(0)).toBe(0x04034b50);
  const [version, flags, method, time] = [6, 8, 10, 12];
  for (const field of [version, flags, method, time, time + 2]) {
    expect(file.readUInt16LE(field - 2)).toBe(entry.readUInt16LE(field));
  }
  expect(entry.readUInt16LE(method)).toBe(0);
  expect(file.subarray(30, 30 + file.readUInt16LE(26))).toEqual(name);

  const [checksum, size] = [entry.readUInt32LE(16), entry.readUInt32LE(24)];
  const data = file.subarray(30 + name.length, 30 + name.length + size);
  expect(crc32(data)).toBe(checksum);
  const descriptor = file.subarray(30 + name.length + size);
  expect([0, 4, 8, 12].map((field) => descriptor.readUInt32LE(field))).toEqual([0x08074b50, checksum, size, size]);
  expect(entry.readUInt32LE(20)).toBe(size);
  return data;
}

function timeOf(entry: Buffer) {
  const [time, day] = [entry.readUInt16LE(12), entry.readUInt16LE(14)];
  return [1980 + (day >> 9), (day >> 5) & 15, day & 31, time >> 11, (time >> 5) & 63, 2 * (time & 31)];
}

test("an archive holds the files under their names, as other programs read it", async () => {
  const image = Buffer.alloc(300_000, 7);
  const text = Buffer.from('{"prompt":"été"}');
  const archive = await bytesOf([
    { name: "a-fox.png", createdAt, chunks: [image.subarray(0, 1000), image.subarray(1000)] },
    { name: "l-été-雨.json", createdAt, chunks: [text] },
    { name: "empty.txt", createdAt, chunks: [] },
  ]);
  const facts = { isUtf8: true, time: [2026, 11, 21, 14, 32, 8] };
  expect(unzip(archive)).toEqual([
    { name: "a-fox.png", data: image, ...facts },
    { name: "l-été-雨.json", data: text, ...facts },
    { name: "empty.txt", data: Buffer.alloc(0), ...facts },
  ]);
});

test("an archive of more than 4 GB says in 8 bytes where its directory and its last files are", async () => {
  const chunk = Buffer.alloc(2 ** 26);
  const size = 33 * chunk.length;
  async function* entries() {
    for (const name of ["a", "b", "c"]) yield { name, createdAt, chunks: name === "c" ? [] : Array(33).fill(chunk) };
  }
  let [length, tail] = [0, Buffer.alloc(0)];
  for await (const part of zipOfUnknownSizes(entries())) {
    length += part.length;
    if (part !== chunk) tail = Buffer.concat([tail, part]);
  }
  // Each file has a header (31 bytes), its own bytes (`size`), and a descriptor (16 bytes).
  const offsetOf = (index: number) => index * (31 + size + 16);
  const directory = offsetOf(2) + 31 + 16;
  const [end, locator, record] = [tail.subarray(-22), tail.subarray(-42, -22), tail.subarray(-98, -42)];
  expect([end.readUInt16LE(10), end.readUInt32LE(16)]).toEqual([3, 0xffffffff]);
  expect(locator.readUInt32LE(0)).toBe(0x07064b50);
  expect(Number(locator.readBigUInt64LE(8))).toBe(length - 98);
  expect(record.readUInt32LE(0)).toBe(0x06064b50);
  const fields = [4, 24, 32, 40, 48].map((at) => Number(record.readBigUInt64LE(at)));
  expect(fields).toEqual([44, 3, 3, length - 98 - directory, directory]);
  const last = tail.subarray(-98 - 59, -98);
  expect([last.toString("latin1", 46, 47), last.readUInt32LE(42), last.readUInt16LE(30)]).toEqual([
    "c",
    0xffffffff,
    12,
  ]);
  expect(Number(last.readBigUInt64LE(51))).toBe(offsetOf(2));
});

test("files are read only when the reader asks for them, and no more after it stops", async () => {
  const read: string[] = [];
  async function* entries() {
    for (const name of ["one", "two", "three"]) {
      read.push(name);
      yield { name, createdAt, chunks: [Buffer.from(name)] };
    }
  }
  const archive = zipOfUnknownSizes(entries());
  expect(read).toEqual([]);
  for (let chunk = 0; chunk < 2; chunk += 1) await archive.next();
  expect(read).toEqual(["one"]);
  await archive.return(undefined);
  expect(read).toEqual(["one"]);
});
