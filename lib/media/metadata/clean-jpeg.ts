import { damaged, Reader } from "@/lib/media/formats/format";
import { type CleanImage, hasText, joinParts } from "./join-parts";
import { readOrientation } from "./orientation";

export const EOI = 0xd9;
export const SOS = 0xda;
const COMMENT = 0xfe;
/** The offset of the content in a segment. The marker and the length are before it, with two bytes each. */
const CONTENT = 4;
/**
 * Application segments that are kept, because they change what is shown: JFIF, the color profile, Adobe's color transform. The
 * key is the marker, the value is the start of the content.
 */
const SHOWN = new Map([
  [0xe0, "JFIF\0"],
  [0xe2, "ICC_PROFILE\0"],
  [0xee, "Adobe"],
]);
const EXIF = "Exif\0\0";

/**
 * Returns the JPEG up to its end marker (EOI), without the segments that do not change what is shown. Adds EOI if it is missing.
 */
export function cleanJpeg(bytes: Uint8Array): CleanImage {
  const parts = [bytes.subarray(0, 2)];
  let orientation = 1;
  readSegments(bytes, (marker, segment) => {
    if (hasText(segment, CONTENT, EXIF)) orientation = readOrientation(segment.subarray(CONTENT + EXIF.length));
    if (isShown(marker, segment)) parts.push(segment);
  });
  return { bytes: joinParts([...parts, new Uint8Array([0xff, EOI])]), orientation, isAnimated: false };
}

/**
 * Calls `visit` with the marker and the bytes of each segment of a JPEG up to EOI. The coded pixels belong to the segment SOS.
 * Returns whether the end marker EOI is there. Throws `UnavailableFile` if the file is incomplete or damaged.
 */
export function readSegments(bytes: Uint8Array, visit: (marker: number, segment: Uint8Array) => void): boolean {
  const reader = new Reader(bytes, 2);
  for (;;) {
    const marker = readMarker(reader);
    if (marker === EOI) return true;
    const start = reader.offset - 2;
    // The length includes its own two bytes, so it is at least 2. If it is less, the reader goes back, `readMarker` finds no
    // marker, and throws.
    reader.skip(reader.uint16("big") - 2);
    if (marker === SOS) reader.offset = endOfScan(bytes, reader.offset);
    visit(marker, bytes.subarray(start, reader.offset));
    if (marker === SOS && reader.offset === bytes.length) return false;
  }
}

function isShown(marker: number, segment: Uint8Array): boolean {
  if (marker === COMMENT) return false;
  const isApplication = marker >= 0xe0 && marker <= 0xef;
  return !isApplication || hasText(segment, CONTENT, SHOWN.get(marker) ?? "\uffff");
}

/** Reads a marker, and returns its number. A marker begins with one or more bytes 0xff. The number follows them. */
function readMarker(reader: Reader): number {
  if (reader.byte() !== 0xff) damaged("a marker is missing");
  let marker = reader.byte();
  while (marker === 0xff) marker = reader.byte();
  return marker;
}

/**
 * Returns the offset of the first real marker after the coded pixels that begin at `start`, or the end of the file. Inside coded
 * pixels, the byte 0xff may also occur: before 0, or as a part of a restart marker.
 */
function endOfScan(bytes: Uint8Array, start: number): number {
  let at = bytes.indexOf(0xff, start);
  while (at !== -1) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !isRestart(next)) return at;
    at = bytes.indexOf(0xff, next === 0xff ? at + 1 : at + 2);
  }
  return bytes.length;
}

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;
