import { damaged, type Format, factsOf, Reader, readAt, signatureOf, toMs } from "./format";

const HEADER = 27;
/** A page has up to 255 segments, each of at most 255 bytes. */
const MAX_PAGE = HEADER + 255 + 255 * 255;
const LAST_PAGE = 4;

/** An Ogg file (RFC 3533) consists of pages. The last page has a mark, and states the total number of samples. */
export const ogg: Format = {
  signatures: [signatureOf("OggS")],

  async inspect({ blob, hasFullLength }) {
    const codec = await readCodec(blob);
    const last = findLastPage(await readAt(blob, Math.max(0, blob.size - MAX_PAGE), MAX_PAGE));
    // Some encoders do not mark the last page. If such a file has its full length, it is accepted as complete.
    if (!last || (!last.isMarked && !hasFullLength)) damaged("it ends too early");
    if (!codec) return null;
    const samples = last.samples - codec.preSkip;
    return factsOf("audio/ogg", "ogg", { duration_ms: samples > 0 ? toMs(samples / codec.sampleRate) : null });
  },
};

/**
 * Returns the sample rate of a Vorbis, Opus, FLAC or Speex file, and the number of samples to skip at its start. Returns null for
 * other files, such as a video.
 */
async function readCodec(blob: Blob) {
  const page = new Reader(await readAt(blob, 0, HEADER + 255 + 64));
  page.skip(HEADER - 1);
  page.skip(page.byte());
  const packet = page.take(48);
  const reader = new Reader(packet);
  const name = Buffer.from(packet).toString("latin1");
  if (name.startsWith("OpusHead")) {
    reader.skip(10);
    return { sampleRate: 48_000, preSkip: reader.uint16("little") };
  }
  if (name.startsWith("\x7fFLAC")) {
    reader.skip(27);
    return { sampleRate: reader.uint24("big") >> 4, preSkip: 0 };
  }
  const offset = name.startsWith("\x01vorbis") ? 12 : name.startsWith("Speex   ") ? 36 : null;
  if (offset === null) return null;
  reader.skip(offset);
  return { sampleRate: reader.uint32("little"), preSkip: 0 };
}

/** Returns the page that ends with the last byte. Returns null if there is none. */
function findLastPage(end: Uint8Array) {
  const bytes = Buffer.from(end.buffer, end.byteOffset, end.byteLength);
  for (let at = bytes.lastIndexOf("OggS"); at !== -1; at = at === 0 ? -1 : bytes.lastIndexOf("OggS", at - 1)) {
    if (at + HEADER > bytes.length) continue;
    const count = bytes.readUInt8(at + HEADER - 1);
    const content = bytes.subarray(at + HEADER, at + HEADER + count).reduce((sum, size) => sum + size, 0);
    if (at + HEADER + count + content !== bytes.length) continue;
    const samples = Number(bytes.readBigInt64LE(at + 6));
    return { isMarked: (bytes.readUInt8(at + 5) & LAST_PAGE) !== 0, samples };
  }
  return null;
}
