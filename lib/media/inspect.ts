import "server-only";
import { createHash } from "node:crypto";
import { UnsupportedFile } from "./file-errors";
import { gif } from "./formats/gif";
import { jpeg } from "./formats/jpeg";
import { png } from "./formats/png";
import { webp } from "./formats/webp";

/** Decoding takes memory and time for each pixel. */
export const MAX_PIXELS = 25_000_000;

/**
 * Returns the extension of an image and the columns of its row (sizes in px and bytes), from its bytes alone: its name and
 * Content-Type are not trusted. It is not decoded. Throws `UnsupportedFile` unless its format is one of `IMAGE_TYPES` and it
 * has at most 25 megapixels, and `UnavailableFile` if it is incomplete. Bytes after the end of the image are allowed.
 */
export function inspectImage(bytes: Uint8Array) {
  const format = formatOf(bytes);
  const { width, height } = format.size(bytes);
  if (width === 0 || height === 0) throw new UnsupportedFile("unsupported_output", "The image has no pixels.");
  if (width * height > MAX_PIXELS) {
    throw new UnsupportedFile("too_large", `The image has ${width} × ${height} pixels. The limit is 25 megapixels.`);
  }
  format.walk(bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return {
    extension: format.extension,
    content_type: format.contentType,
    width,
    height,
    bytes: bytes.byteLength,
    sha256,
  };
}

/**
 * Compares the first bytes. A file that is shorter than a signature matches if all of its bytes do: `walk` then reports it as
 * incomplete.
 */
function formatOf(bytes: Uint8Array) {
  const format = [png, jpeg, webp, gif].find(({ signature }) =>
    signature.every((byte, index) => byte === null || index >= bytes.length || byte === bytes[index]),
  );
  if (!format) throw new UnsupportedFile("unsupported_output", "The file is not a PNG, JPEG, WebP or GIF image.");
  return format;
}
