import sharp from "sharp";

export type Format = "png" | "jpg" | "webp";

/** Encodes opaque 8-bit RGB. `quality` (0..100) has no effect on png, which is lossless. */
export function encodeImage(
  rgb: Uint8Array,
  width: number,
  height: number,
  format: Format,
  quality = 90,
): Promise<Buffer> {
  const image = sharp(rgb, { raw: { width, height, channels: 3 } });
  const level = Math.min(100, Math.max(1, Math.round(quality)));
  if (format === "jpg") return image.jpeg({ quality: level, chromaSubsampling: "4:4:4" }).toBuffer();
  if (format === "webp") return image.webp({ quality: level, effort: 1 }).toBuffer();
  return image.png({ compressionLevel: 2 }).toBuffer();
}
