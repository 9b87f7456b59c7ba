import sharp, { type Sharp } from "sharp";

export type Format = "png" | "jpg" | "webp";

/** Encodes an opaque image of 8-bit RGB values. `quality` (0..100) has no effect on png, which is lossless. */
export function encodeImage(
  rgb: Uint8Array,
  width: number,
  height: number,
  format: Format,
  quality = 90,
): Promise<Buffer> {
  return encode(sharp(rgb, { raw: { width, height, channels: 3 } }), format, quality);
}

/** Enlarges an image to this size in px. */
export function enlargeImage(bytes: Uint8Array, width: number, height: number, format: Format, quality = 90) {
  return encode(sharp(bytes).resize({ width, height, fit: "fill" }), format, quality);
}

function encode(image: Sharp, format: Format, quality: number): Promise<Buffer> {
  const level = Math.min(100, Math.max(1, Math.round(quality)));
  if (format === "jpg") return image.jpeg({ quality: level, chromaSubsampling: "4:4:4" }).toBuffer();
  if (format === "webp") return image.webp({ quality: level, effort: 1 }).toBuffer();
  return image.png({ compressionLevel: 2 }).toBuffer();
}
