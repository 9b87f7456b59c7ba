import { setImmediate } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { expect, test, vi } from "vitest";
import type { ByteRange } from "@/lib/media/serving/byte-range";
import { type PlannedFile, type PlannedZip, planZip, UnreadableFile } from "@/lib/media/serving/planned-zip";
import { unzip } from "../../../../support/unzip";

const createdAt = new Date("2026-11-21T14:32:08Z");

/** A file in memory, which is read in chunks of 1000 bytes. */
function fileOf(name: string, bytes: Buffer, more: Partial<PlannedFile> = {}): PlannedFile {
  async function* open({ start, end }: ByteRange) {
    for (let at = start; at <= end; at += 1000) yield bytes.subarray(at, Math.min(at + 1000, end + 1));
  }
  const sizes = { size: bytes.length, crc32: crc32(bytes) };
  return { name, createdAt, ...sizes, open: async (range) => open(range), ...more };
}

async function read(archive: PlannedZip, start = 0, end = archive.length - 1): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.read({ start, end })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const contents = {
  "README.txt": Buffer.from("hello"),
  "media/l-été-雨.png": Buffer.alloc(300_000, 7),
  "empty.txt": Buffer.alloc(0),
  "large.mp4": Buffer.alloc(2_100_000, "0123456789"),
  "last.json": Buffer.from("{}"),
};
const files = Object.entries(contents).map(([name, bytes]) => fileOf(name, bytes));

test("an archive opens with another program, and has the announced length", async () => {
  const archive = planZip(files);
  const bytes = await read(archive);
  expect(bytes.length).toBe(archive.length);
  expect(await unzip(bytes)).toEqual(
    Object.entries(contents).map(([name, content]) => ({ name, createdAt, bytes: content })),
  );
});

test("any part of an archive has the bytes of the whole", async () => {
  const archive = planZip(files);
  const whole = await read(archive);
  const edges = [0, 1, 29, 45, 46, 50, 300_000, 300_200, 300_300, 1_000_000, 2_400_400, archive.length - 23];
  for (const start of edges) {
    expect((await read(archive, start)).equals(whole.subarray(start))).toBe(true);
    const end = Math.min(start + 3_000, archive.length - 1);
    expect((await read(archive, start, end)).equals(whole.subarray(start, end + 1))).toBe(true);
  }
});

test("the ETag names the bytes: it changes with a file, its name, its time and its order", () => {
  const [first = fileOf("a", Buffer.alloc(0)), ...others] = files;
  const changed = [
    [...others, first],
    others,
    [{ ...first, name: "READ.txt" }, ...others],
    [{ ...first, createdAt: new Date("2026-11-21T14:32:10Z") }, ...others],
    [fileOf(first.name, Buffer.from("HELLO")), ...others],
  ];
  const etags = [files, ...changed].map((each) => planZip(each).etag);
  expect(planZip(files).etag).toBe(etags[0]);
  expect(new Set(etags).size).toBe(etags.length);
  expect(etags[0]).toMatch(/^"\w{32}"$/);
});

test.each<[string, Partial<PlannedFile>]>([
  ["is missing", { open: async () => null }],
  ["is too short", { size: 301 }],
  ["is too long", { size: 299 }],
  ["has other bytes", { crc32: 1 }],
])("reading stops with an error at a file that %s", async (_, more) => {
  const damaged = fileOf("damaged.png", Buffer.alloc(300, 1), more);
  const archive = planZip([fileOf("a.txt", Buffer.from("a")), damaged]);
  const reading = read(archive);
  await expect(reading).rejects.toThrow(UnreadableFile);
  await expect(reading).rejects.toMatchObject({ file: damaged });
});

/** A file in memory whose name is added to `opened` when it is opened. */
function watchedFile(opened: string[], name: string, size: number): PlannedFile {
  const file = fileOf(name, Buffer.alloc(size, 1));
  return { ...file, open: (range) => (opened.push(name), file.open(range)) };
}

test("a few small files are read ahead, a large one only when its turn comes, and nothing after the reader has left", async () => {
  const opened: string[] = [];
  const small = Array.from({ length: 20 }, (_, index) => watchedFile(opened, `s${index}`, 10));
  const archive = planZip([...small.slice(0, 10), watchedFile(opened, "large", 2_100_000), ...small.slice(10)]);
  const reader = archive.read({ start: 0, end: archive.length - 1 });
  await reader.next();
  const first = small.slice(0, 8).map(({ name }) => name);
  expect(opened).toEqual(first);
  for (let chunk = 1; chunk < 21; chunk += 1) await reader.next();
  expect(opened).toEqual([...first, "s8", "s9"]);
  await reader.next();
  expect(opened.at(-1)).toBe("large");
  await reader.return(undefined);
  expect(opened).toHaveLength(11);
});

test("at most 8 MB are read ahead, however many files that are", async () => {
  const opened: string[] = [];
  const archive = planZip(["a", "b", "c", "d", "e", "f"].map((name) => watchedFile(opened, name, 1_900_000)));
  const reader = archive.read({ start: 0, end: archive.length - 1 });
  await reader.next();
  expect(opened).toEqual(["a", "b", "c", "d"]);
  let received = 0;
  while (received < 1_900_000) received += (await reader.next()).value?.length ?? Infinity;
  await reader.next();
  expect(opened).toEqual(["a", "b", "c", "d", "e"]);
});

test("what is being read ahead stops when the reader leaves", async () => {
  const [sent, stopped] = [vi.fn<() => void>(), vi.fn<() => void>()];
  async function* endless() {
    try {
      for (;;) {
        await setImmediate();
        sent();
        yield Buffer.alloc(1);
      }
    } finally {
      stopped();
    }
  }
  const archive = planZip([fileOf("a", Buffer.from("a"), { size: 1_000_000, open: async () => endless() })]);
  const reader = archive.read({ start: 0, end: archive.length - 1 });
  await reader.next();
  await reader.return(undefined);
  await vi.waitFor(() => expect(stopped).toHaveBeenCalledOnce());
  expect(sent.mock.calls.length).toBeLessThan(1000);
});

test("an archive of more than 65,535 files counts them in a field of 8 bytes", async () => {
  const many = Array.from({ length: 66_000 }, (_, index) => fileOf(`${index}`, Buffer.alloc(0)));
  const archive = planZip(many);
  const end = await read(archive, archive.length - 98);
  expect([end.readUInt32LE(0), Number(end.readBigUInt64LE(24)), Number(end.readBigUInt64LE(32))]).toEqual([
    0x06064b50, 66_000, 66_000,
  ]);
  expect(end.readUInt16LE(98 - 22 + 10)).toBe(0xffff);
});

test("an archive of more than 4 GB is read at any offset without reading what comes before", async () => {
  const opened: string[] = [];
  const huge = (name: string) => {
    const open = async ({ start, end }: ByteRange) => (opened.push(name), [Buffer.alloc(end - start + 1)]);
    return { name, createdAt, size: 3e9, crc32: 0, open };
  };
  const archive = planZip([huge("a"), huge("b"), fileOf("c.txt", Buffer.from("last"))]);
  const tail = await read(archive, 6e9);
  expect(opened).toEqual(["b"]);
  expect(tail.indexOf("last")).toBeGreaterThan(0);
  // The offsets of the last file and of the directory are in fields of 8 bytes.
  expect(tail.subarray(-42, -38).readUInt32LE()).toBe(0x07064b50);
  expect(tail.subarray(-6, -2).readUInt32LE()).toBe(0xffffffff);
});
