import { UnsupportedFile } from "@/lib/media/errors";
import { gif } from "@/lib/media/formats/gif";
import { jpeg } from "@/lib/media/formats/jpeg";
import { png } from "@/lib/media/formats/png";
import type { Format } from "@/lib/media/formats/reader";
import { webp } from "@/lib/media/formats/webp";

export type ImageFacts = Pick<Format, "contentType" | "extension"> & { width: number; height: number };

/** Decoding costs memory and time by the pixel, and the header says how many there will be. */
export const MAX_PIXELS = 25_000_000;

/**
 * What a file is, by its bytes alone: neither its name nor its Content-Type is believed, and nothing is decoded.
 * Throws `UnsupportedFile` for anything but a PNG, JPEG, WebP or GIF of at most 25 megapixels, and `TruncatedFile`
 * when the image does not reach its end. Bytes after the end are allowed: what was delivered is kept as it is.
 */
export function inspectImage(bytes: Uint8Array): ImageFacts {
  const format = formatOf(bytes);
  const { width, height } = format.size(bytes);
  if (width === 0 || height === 0) throw new UnsupportedFile("unsupported_output", "The image has no pixels.");
  if (width * height > MAX_PIXELS) {
    throw new UnsupportedFile("too_large", `The image has ${width} × ${height} pixels, more than can be kept.`);
  }
  format.walk(bytes);
  return { contentType: format.contentType, extension: format.extension, width, height };
}

/** The first bytes decide, as far as there are any: a file of three bytes may have been cut. */
function formatOf(bytes: Uint8Array) {
  const format = [png, jpeg, webp, gif].find(({ signature }) =>
    signature.every((byte, index) => byte === null || index >= bytes.length || byte === bytes[index]),
  );
  if (!format) throw new UnsupportedFile("unsupported_output", "The file is not an image that can be kept.");
  return format;
}
