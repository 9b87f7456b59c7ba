import { damaged, type Format, factsOf, Reader, readAt, toMs } from "./format";

/**
 * Bit rates in kbit/s. The header of a frame contains an index into one of these lists: the first list is for MPEG 1, the second
 * for MPEG 2 and 2.5.
 */
const RATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
/** Samples per second in MPEG 1. MPEG 2 has half of this number, and MPEG 2.5 a quarter. */
const SAMPLES = [44100, 48000, 32000];

const HEADER = 4;

type Frame = { length: number; samples: number; sampleRate: number; kbits: number; tableAt: number };

/** An MP3 (ISO 11172-3) consists of frames. The first frame may be a table of contents, which says how long the file is. */
export const mp3: Format = {
  signatures: [
    [0x49, 0x44, 0x33],
    // The start of a frame of MPEG 1, 2 or 2.5, without or with a checksum.
    ...[0xfb, 0xfa, 0xf3, 0xf2, 0xe3, 0xe2].map((second) => [0xff, second]),
  ],

  async inspect({ blob, hasFullLength }) {
    const start = await endOfTag(blob);
    if (start + HEADER > blob.size) damaged("it ends too early");
    const bytes = await readAt(blob, start, 4096);
    const frame = readFrame(bytes);
    if (!frame) return null;
    const next = start + frame.length;
    if (next !== blob.size) {
      if (next + HEADER > blob.size) damaged("it ends too early");
      // Another kind of file may begin with the same bytes by chance, so the second frame is checked too.
      if (!readFrame(await readAt(blob, next, HEADER))) return null;
    }

    const table = readTable(bytes, frame.tableAt);
    // The table contains the length of the sound in bytes, usually without the tag (of `start` bytes) before it. But some
    // programs include the tag in this length. In that case, adding the tag's length again would reject a complete file. So it is
    // added only if the end of the file may be missing.
    if (table && table.bytes + (hasFullLength ? 0 : start) > blob.size) damaged("it ends too early");
    const seconds = table?.frames
      ? (table.frames * frame.samples) / frame.sampleRate
      : (blob.size - start) / (frame.kbits * 125);
    return factsOf("audio/mpeg", "mp3", { duration_ms: toMs(seconds) });
  },
};

/**
 * Returns the offset of the first byte after an ID3v2 tag, or 0 if there is no tag. The tag contains its own length, with seven
 * bits in each byte.
 */
async function endOfTag(blob: Blob): Promise<number> {
  const reader = new Reader(await readAt(blob, 0, 10));
  if (String.fromCharCode(...reader.take(3)) !== "ID3") return 0;
  reader.skip(3);
  const end = 10 + reader.take(4).reduce((length, byte) => length * 128 + (byte & 0x7f), 0);
  return end;
}

/** Returns the frame that begins with these bytes. Returns null if they are not the header of a frame. */
function readFrame([sync = 0, version = 0, rates = 0, channels = 0]: Uint8Array): Frame | null {
  const isMpeg1 = (version & 0x18) === 0x18;
  // The bits that every header has: eleven bits that are 1, a valid version, and the code of layer 3.
  if (sync !== 0xff || (version & 0xe0) !== 0xe0 || (version & 0x18) === 0x08 || (version & 0x06) !== 0x02) return null;
  const kbits = RATES[isMpeg1 ? 0 : 1]?.[rates >> 4];
  const base = SAMPLES[(rates >> 2) & 3];
  if (!kbits || !base) return null;
  const sampleRate = isMpeg1 ? base : (version & 0x18) === 0x10 ? base / 2 : base / 4;
  const samples = isMpeg1 ? 1152 : 576;
  const isMono = channels >> 6 === 3;
  const sideInfo = isMpeg1 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  const length = Math.floor((samples * 125 * kbits) / sampleRate) + ((rates >> 1) & 1);
  return { length, samples, sampleRate, kbits, tableAt: HEADER + sideInfo };
}

/**
 * Returns how many frames and bytes the sound has, according to the table of contents that LAME and ffmpeg write. A missing
 * number is 0. Returns null if there is no table.
 */
function readTable(bytes: Uint8Array, at: number) {
  const reader = new Reader(bytes, at);
  if (at + 16 > bytes.length || !["Xing", "Info"].includes(reader.tag())) return null;
  const flags = reader.uint32("big");
  const frames = flags & 1 ? reader.uint32("big") : 0;
  return { frames, bytes: flags & 2 ? reader.uint32("big") : 0 };
}
