import { damaged, Reader } from "@/lib/media/formats/format";
import { type CleanImage, hasText, joinParts } from "./join-parts";

/** The number of bytes before the flags of the screen: the signature, the width and the height. */
const HEADER = 10;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
export const TRAILER = 0x3b;
const COMMENT = 0xfe;
const APPLICATION = 0xff;
/** The offset of an application's name in its extension block. */
const NAME = 3;
/** Names in the application blocks that are kept, because these blocks say how often the animation repeats. */
const SHOWN = ["NETSCAPE2.0", "ANIMEXTS1.0"];

type Block = { type: number; label: number; bytes: Uint8Array };

/**
 * Returns the GIF up to its trailer, without the blocks that do not change what is shown. Adds the trailer if it is missing.
 * `orientation` is always 1, because a GIF contains no orientation.
 */
export function cleanGif(bytes: Uint8Array): CleanImage {
  const parts: Uint8Array[] = [];
  const { start, images } = readBlocks(bytes, (block) => {
    if (isShown(block)) parts.push(block.bytes);
  });
  const joined = joinParts([bytes.subarray(0, start), ...parts, new Uint8Array([TRAILER])]);
  return { bytes: joined, orientation: 1, isAnimated: images > 1 };
}

/**
 * Calls `visit` with each block of a GIF up to its trailer, which some programs leave out. Returns where the blocks begin, the
 * number of images, and whether there is a trailer. Throws `UnavailableFile` if the file is incomplete or damaged.
 */
export function readBlocks(bytes: Uint8Array, visit: (block: Block) => void = () => {}) {
  const reader = new Reader(bytes, HEADER);
  const flags = reader.byte();
  reader.skip(2);
  skipColors(reader, flags);
  const start = reader.offset;
  let images = 0;
  for (;;) {
    const at = reader.offset;
    if (images > 0 && at === bytes.length) return { start, images, hasTrailer: false };
    const type = reader.byte();
    if (type === TRAILER) return { start, images, hasTrailer: true };
    if (type === IMAGE) {
      reader.skip(8);
      skipColors(reader, reader.byte());
      images += 1;
    } else if (type !== EXTENSION) damaged("an unknown block");
    // In an image, this byte is the code size. In an extension, it is the label: the type of the extension.
    const label = reader.byte();
    for (let length = reader.byte(); length > 0; length = reader.byte()) reader.skip(length);
    visit({ type, label, bytes: bytes.subarray(at, reader.offset) });
  }
}

function isShown({ type, label, bytes }: Block): boolean {
  if (type === IMAGE) return true;
  if (label === APPLICATION) return SHOWN.some((name) => hasText(bytes, NAME, name));
  return label !== COMMENT;
}

/** Skips a color table. The table follows only if the highest bit of `flags` is set. The lowest three bits give its length. */
function skipColors(reader: Reader, flags: number) {
  if (flags & 0x80) reader.skip(3 * 2 ** ((flags & 7) + 1));
}
