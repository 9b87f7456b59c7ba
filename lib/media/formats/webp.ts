import { damaged, Reader, signatureOf } from "./format";
import { createImageFormat } from "./image";

const RIFF_HEADER = 8;
const FIRST_CHUNK = 12;

/** A WebP (RFC 9649) is a RIFF file: it states its size, and its chunks are padded to even length. */
export const webp = createImageFormat({
  contentType: "image/webp",
  extension: "webp",
  signature: signatureOf("RIFF????WEBP"),

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
    if (!hasPixels) damaged("it has no pixels");
    return true;
  },
});
