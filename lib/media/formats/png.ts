import "server-only";
import { crc32 } from "node:zlib";
import { damaged, PNG_SIGNATURE, Reader } from "./format";
import { createImageFormat } from "./image";

/**
 * Whether a file with a wrong checksum in this chunk is damaged. The names of critical chunks begin with a capital letter. `fdAT`
 * is treated as critical too, because it contains the pixels of an animation.
 */
const isCritical = (tag: string) => /^[A-Z]|^fdAT$/.test(tag);

/**
 * A PNG (third edition, section 5) has a signature, then chunks from IHDR to IEND. Each chunk has a checksum. Like browsers, we
 * ignore a wrong checksum of a chunk that is not critical, such as a text.
 */
export const png = createImageFormat({
  contentType: "image/png",
  extension: "png",
  signature: PNG_SIGNATURE,

  walk(bytes) {
    const reader = new Reader(bytes, PNG_SIGNATURE.length);
    let hasPixels = false;
    for (;;) {
      const length = reader.uint32("big");
      const start = reader.offset;
      const tag = reader.tag();
      const end = reader.skip(length) + length;
      const checksum = reader.uint32("big");
      if (isCritical(tag) && checksum !== crc32(bytes.subarray(start, end))) damaged(`the checksum in ${tag} is wrong`);
      if (tag === "IDAT") hasPixels = true;
      if (tag === "IEND") break;
    }
    if (!hasPixels) damaged("it has no pixels");
    return true;
  },
});
