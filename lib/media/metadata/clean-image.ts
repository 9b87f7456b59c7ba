// The server and the browser load this file, so it must not import code that needs Node.
import { cleanGif } from "./clean-gif";
import { cleanJpeg } from "./clean-jpeg";
import { cleanPng } from "./clean-png";
import { cleanWebp } from "./clean-webp";
import type { CleanImage } from "./join-parts";

const cleaners: Record<string, (bytes: Uint8Array) => CleanImage> = {
  "image/png": cleanPng,
  "image/jpeg": cleanJpeg,
  "image/webp": cleanWebp,
  "image/gif": cleanGif,
};

/**
 * Returns an image without metadata, such as the place where it was taken, and without any bytes after its end. The pixels and
 * the color profile stay as they are. Returns null if the type is not one of `DECODED_TYPES`. Throws `UnavailableFile` if the
 * image is damaged.
 */
export function cleanImage(bytes: Uint8Array, contentType: string): CleanImage | null {
  return cleaners[contentType]?.(bytes) ?? null;
}
