import { damaged, Reader } from "@/lib/media/formats/format";
import { type CleanImage, hasText, joinParts } from "./join-parts";
import { readOrientation } from "./orientation";

const RIFF_HEADER = 8;
const FIRST_CHUNK = 12;
const SHOWN = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
/** The flags in the chunk VP8X which say that the file has Exif or XMP metadata. */
const METADATA_FLAGS = 0x0c;

/** Returns the WebP without the chunks that do not change what is shown. The size and the flags in its headers are corrected. */
export function cleanWebp(bytes: Uint8Array): CleanImage {
  const end = RIFF_HEADER + new Reader(bytes, 4).uint32("little");
  const reader = new Reader(bytes, FIRST_CHUNK);
  const parts = [bytes.subarray(0, FIRST_CHUNK)];
  let orientation = 1;
  let isAnimated = false;
  while (reader.offset < end) {
    const start = reader.offset;
    const tag = reader.tag();
    const content = reader.take(reader.uint32("little"));
    if (reader.offset > end) damaged("a chunk reaches beyond the end");
    // Chunks are padded to an even length. But the padding of the last chunk may be missing.
    if (reader.offset < end) reader.skip(content.length % 2);
    if (tag === "ANIM") isAnimated = true;
    if (tag === "EXIF") orientation = readOrientation(content.subarray(hasText(content, 0, "Exif\0\0") ? 6 : 0));
    if (!SHOWN.has(tag)) continue;
    // `bytes` must not change, so the chunk is copied before its flags are changed. (`slice` would not copy a Buffer.)
    const chunk = new Uint8Array(bytes.subarray(start, reader.offset));
    if (tag === "VP8X" && chunk[8] !== undefined) chunk[8] &= ~METADATA_FLAGS;
    parts.push(chunk);
  }
  const joined = joinParts(parts);
  new DataView(joined.buffer).setUint32(4, joined.length - RIFF_HEADER, true);
  return { bytes: joined, orientation, isAnimated };
}
