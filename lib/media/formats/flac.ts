import { damaged, type Format, factsOf, Reader, readAt, signatureOf, toMs } from "./format";

const MAX_BLOCKS = 200;
/**
 * The last frame is searched for only in the last bytes of the file: at most this number of bytes, or fewer if the file says how
 * long its frames are.
 */
const MAX_FRAME = 1_000_000;

type StreamInfo = { blockSize: number; maxFrame: number; sampleRate: number; samples: number };

/** A FLAC (RFC 9639) has blocks of metadata, then frames with checksums. The first block has the number of samples. */
export const flac: Format = {
  signatures: [signatureOf("fLaC")],

  async inspect({ blob }) {
    const info = readStreamInfo(await readAt(blob, 8, 18));
    await skipMetadata(blob);
    if (info.samples > 0) {
      const length = Math.min(info.maxFrame || MAX_FRAME, MAX_FRAME);
      const end = await readAt(blob, Math.max(0, blob.size - length), length);
      if (!endsWithLastFrame(end, info)) damaged("it ends too early");
    }
    const duration_ms = info.samples > 0 ? toMs(info.samples / info.sampleRate) : null;
    return factsOf("audio/flac", "flac", { duration_ms });
  },
};

function readStreamInfo(bytes: Uint8Array): StreamInfo {
  const reader = new Reader(bytes, 2);
  const blockSize = reader.uint16("big");
  reader.skip(3);
  const maxFrame = reader.uint24("big");
  const rate = reader.uint24("big");
  // The number of samples has 36 bits: four bits of this byte, and the next four bytes.
  const high = reader.byte() & 0x0f;
  return { blockSize, maxFrame, sampleRate: rate >> 4, samples: high * 2 ** 32 + reader.uint32("big") };
}

async function skipMetadata(blob: Blob): Promise<void> {
  let at = 4;
  for (let count = 0; count < MAX_BLOCKS; count += 1) {
    const reader = new Reader(await readAt(blob, at, 4));
    const isLast = reader.byte() >= 0x80;
    at += 4 + reader.uint24("big");
    if (at >= blob.size) damaged("it ends too early");
    if (isLast) return;
  }
  damaged("it has too many blocks");
}

/** Whether the whole last frame of the file is there. `bytes` are the last bytes of the file. */
function endsWithLastFrame(bytes: Uint8Array, info: StreamInfo): boolean {
  for (let at = bytes.lastIndexOf(0xff); at !== -1; at = at === 0 ? -1 : bytes.lastIndexOf(0xff, at - 1)) {
    // The header of a frame has at most 20 bytes. Bytes after the end of the file are treated as 0.
    const header = new Uint8Array(20);
    header.set(bytes.subarray(at, at + header.length));
    if (lastSampleOf(header, info) === info.samples) return checksum(bytes.subarray(at), 16, 0x8005) === 0;
  }
  return false;
}

/**
 * Returns how many samples the file has from its start to the end of the frame with this `header`. Returns null if `header` is
 * not the header of a frame.
 */
function lastSampleOf(header: Uint8Array, { blockSize }: StreamInfo): number | null {
  const [, sync = 0, codes = 0, , first = 0] = header;
  if ((sync & 0xfe) !== 0xf8) return null;
  const reader = new Reader(header, 5);
  // The next bytes are a number in a code like UTF-8, but with up to seven bytes. It is the number of this frame if all frames
  // have the same length. Otherwise it is the number of the frame's first sample.
  const ones = Math.clz32(~(first << 24));
  let number = first & (0xff >> (ones + 1));
  for (const byte of reader.take(Math.max(0, ones - 1))) number = number * 64 + (byte & 0x3f);
  const samples = readBlockSize(reader, codes >> 4);
  const rate = codes & 0x0f;
  if (rate >= 12) reader.skip(rate === 12 ? 1 : 2);
  if (checksum(header.subarray(0, reader.offset + 1), 8, 0x07) !== 0) return null;
  return (sync & 1 ? number : number * blockSize) + samples;
}

/**
 * Returns the number of samples in a frame. `code` is a field in the header of the frame. Some of its values stand for a number
 * of samples. Other values mean that the number follows, in one or two bytes.
 */
function readBlockSize(reader: Reader, code: number): number {
  if (code === 6) return reader.byte() + 1;
  if (code === 7) return reader.uint16("big") + 1;
  if (code === 1) return 192;
  return code < 6 ? 144 << code : 1 << code;
}

/**
 * Returns the CRC checksum of the bytes. If the last bytes are the correct checksum of the bytes before them, the result is 0.
 */
function checksum(bytes: Uint8Array, bits: number, polynomial: number): number {
  const [top, mask] = [1 << (bits - 1), (1 << bits) - 1];
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << (bits - 8);
    for (let bit = 0; bit < 8; bit += 1) sum = ((sum << 1) ^ (sum & top ? polynomial : 0)) & mask;
  }
  return sum;
}
