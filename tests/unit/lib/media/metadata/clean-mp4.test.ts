import { expect, test } from "vitest";
import { listBoxes } from "@/lib/media/formats/iso-boxes";
import { inspectUpload } from "@/lib/media/inspect";
import { cleanMp4 } from "@/lib/media/metadata/clean-mp4";
import { MEDIA_FILES } from "@/tests/support/media-files";

const PLACE = "+52.5200+013.4050/";
const XMP = Buffer.from("be7acfcb97a942e89c71999491e3afac", "hex");

/** Returns an MP4 box. If `isLong`, its size is in the field of 8 bytes after the type. */
function box(type: string, content: Buffer | string, isLong = false) {
  const body = Buffer.from(content);
  const header = Buffer.alloc(isLong ? 16 : 8);
  header.writeUInt32BE(isLong ? 1 : 8 + body.length);
  header.write(type, 4, "latin1");
  if (isLong) header.writeBigUInt64BE(BigInt(16 + body.length), 8);
  return Buffer.concat([header, body]);
}

/** Returns the box that must replace this box: an empty box of the same length. */
function emptied(type: string, content: Buffer | string, isLong = false) {
  return box("free", Buffer.alloc(box(type, content, isLong).length - (isLong ? 16 : 8)), isLong);
}

/** Adds boxes at the end of the file's `moov`, of its first track, and of the file. The media data before them does not move. */
async function withBoxes(file: Buffer, inMovie: Buffer[], inTrack: Buffer[], atEnd: Buffer[]) {
  const blob = new Blob([new Uint8Array(file)]);
  const movie = (await listBoxes(blob)).find(({ type }) => type === "moov")!;
  const children = await listBoxes(blob, movie.start, movie.end);
  const parts = children.map(({ type, start, end }) => ({ type, content: file.subarray(start, end) }));
  const track = parts.find(({ type }) => type === "trak")!;
  track.content = Buffer.concat([track.content, ...inTrack]);
  const content = Buffer.concat([...parts.map((part) => box(part.type, part.content)), ...inMovie]);
  return Buffer.concat([file.subarray(0, movie.start - 8), box("moov", content), ...atEnd]);
}

const clean = async (file: Buffer) => {
  const cleaned = await cleanMp4(new Blob([new Uint8Array(file)]));
  return Buffer.from(await cleaned.bytes());
};
const read = async (name: string) => {
  const file = Buffer.from(await MEDIA_FILES[name]!.make());
  // Removes the metadata that ffmpeg has written about itself.
  return clean(file);
};

test.each(["MP4", "MOV", "M4A"])("the metadata of an %s becomes empty boxes, and all else stays", async (name) => {
  const file = await read(name);
  const texts: [string, string][] = [
    ["udta", `....©xyz${PLACE}`],
    ["meta", `com.apple.quicktime.location.ISO6709 ${PLACE}`],
  ];
  const xmp = Buffer.concat([XMP, Buffer.from(PLACE)]);
  const others = [box("mdat", PLACE), box("uuid", PLACE.padEnd(32)), Buffer.from([0, 0, 0, 9, 0, 0, 0, 0, 1])];
  const make = (as: typeof box) =>
    withBoxes(
      file,
      [...texts.map(([type, text]) => as(type, text)), as("udta", PLACE, true), as("uuid", xmp)],
      texts.map(([type, text]) => as(type, text)),
      [as("uuid", xmp), ...others],
    );
  const cleaned = await clean(await make(box));
  expect(cleaned.equals(await make(emptied))).toBe(true);
  const facts = await inspectUpload(new Blob([new Uint8Array(cleaned)]), null);
  expect(facts).toMatchObject(MEDIA_FILES[name]!.facts);
});

test("a file without metadata is returned as it is", async () => {
  const blob = new Blob([new Uint8Array(await read("MP4"))]);
  expect(await cleanMp4(blob)).toBe(blob);
});

test("a box larger than what is read at once becomes empty as a whole", async () => {
  const make = async (as: typeof box) => withBoxes(await read("MP4"), [as("udta", PLACE.repeat(10_000))], [], []);
  expect((await clean(await make(box))).equals(await make(emptied))).toBe(true);
});
