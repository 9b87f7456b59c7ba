import { skipColors } from "@/lib/media/metadata/clean-gif";
import { damaged, Reader } from "./format";
import { createImageFormat } from "./image";

const SIGNATURE = [0x47, 0x49, 0x46, 0x38, null, 0x61] as const;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;

/** A GIF (GIF89a specification) has a screen descriptor, then blocks, then a trailer. Some programs leave out the trailer. */
export const gif = createImageFormat({
  contentType: "image/gif",
  extension: "gif",
  signature: SIGNATURE,
  end: [TRAILER],

  walk(bytes) {
    const reader = new Reader(bytes, SIGNATURE.length);
    reader.skip(4);
    skipColors(reader, reader.byte());
    reader.skip(2);
    let images = 0;
    for (;;) {
      if (images > 0 && reader.offset === bytes.length) return false;
      const block = reader.byte();
      if (block === TRAILER) break;
      if (block === IMAGE) {
        reader.skip(8);
        skipColors(reader, reader.byte());
        images += 1;
      } else if (block !== EXTENSION) damaged("an unknown block");
      // Skips the code size of an image or the label of an extension.
      reader.skip(1);
      skipSubBlocks(reader);
    }
    if (images === 0) damaged("no pixels");
    return true;
  },
});

function skipSubBlocks(reader: Reader) {
  for (let length = reader.byte(); length > 0; length = reader.byte()) reader.skip(length);
}
