import { damaged, Reader, type Format } from "./format";

const RIFF_HEADER = 8;
const FIRST_CHUNK = 12;

/** WebP, RFC 9649: a RIFF file that states its size, with chunks padded to even length. */
export const webp: Format = {
  contentType: "image/webp",
  extension: "webp",
  signature: [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50],

  size(bytes) {
    const reader = new Reader(bytes, FIRST_CHUNK);
    const tag = reader.tag();
    reader.skip(4);
    if (tag === "VP8X") return extendedSize(reader);
    if (tag === "VP8L") return losslessSize(reader);
    if (tag === "VP8 ") return lossySize(reader);
    return damaged("no WebP header");
  },

  walk(bytes) {
    const end = RIFF_HEADER + new Reader(bytes, 4).uint32("little");
    const reader = new Reader(bytes, FIRST_CHUNK);
    let hasPixels = false;
    while (reader.offset < end) {
      const tag = reader.tag();
      const length = reader.uint32("little");
      reader.skip(length);
      if (reader.offset > end) damaged("a chunk reaches beyond the end");
      if (reader.offset < end) reader.skip(length % 2);
      if (tag === "VP8 " || tag === "VP8L" || tag === "ANMF") hasPixels = true;
    }
    if (!hasPixels) damaged("no pixels");
  },
};

function extendedSize(reader: Reader) {
  reader.skip(4);
  return { width: reader.uint24("little") + 1, height: reader.uint24("little") + 1 };
}

/** Two numbers of 14 bits, each one less than the size in px. */
function losslessSize(reader: Reader) {
  if (reader.byte() !== 0x2f) damaged("no WebP header");
  const bits = reader.uint32("little");
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** Two numbers of 14 bits. The upper two bits of each are only a hint for scaling. */
function lossySize(reader: Reader) {
  reader.skip(3);
  if (reader.uint24("little") !== 0x2a019d) damaged("no WebP header");
  return { width: reader.uint16("little") & 0x3fff, height: reader.uint16("little") & 0x3fff };
}
