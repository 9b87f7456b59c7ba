import { damaged, Reader } from "@/lib/media/formats/format";
import { type CleanImage, hasText, joinParts } from "./join-parts";

const HEADER = 6;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const COMMENT = 0xfe;
const APPLICATION = 0xff;
/** Where the name of an application is in its extension. */
const NAME = 3;
/** The extensions that say how often an animation repeats. */
const SHOWN = ["NETSCAPE2.0", "ANIMEXTS1.0"];

/** Keeps the blocks that change what is shown, up to the trailer. Adds the trailer if it is missing. The orientation is always 1, because a GIF contains none. */
export function cleanGif(bytes: Uint8Array): CleanImage {
  const reader = new Reader(bytes, HEADER + 4);
  const flags = reader.byte();
  reader.skip(2);
  skipColors(reader, flags);
  const parts = [bytes.subarray(0, reader.offset)];
  let images = 0;
  for (;;) {
    const start = reader.offset;
    if (images > 0 && start === bytes.length) break;
    const type = reader.byte();
    if (type === TRAILER) break;
    if (type === IMAGE) {
      reader.skip(8);
      skipColors(reader, reader.byte());
      images += 1;
    } else if (type !== EXTENSION) damaged("an unknown block");
    // The code size of an image, or the label of an extension.
    const label = reader.byte();
    for (let length = reader.byte(); length > 0; length = reader.byte()) reader.skip(length);
    const block = bytes.subarray(start, reader.offset);
    if (type === IMAGE || isShown(label, block)) parts.push(block);
  }
  return { bytes: joinParts([...parts, new Uint8Array([TRAILER])]), orientation: 1, isAnimated: images > 1 };
}

function isShown(label: number, block: Uint8Array): boolean {
  if (label === APPLICATION) return SHOWN.some((name) => hasText(block, NAME, name));
  return label !== COMMENT;
}

/** If the highest flag is set, a color table follows. The lowest three bits give its length. */
export function skipColors(reader: Reader, flags: number) {
  if (flags & 0x80) reader.skip(3 * 2 ** ((flags & 7) + 1));
}
