import "server-only";
import sharp from "sharp";
import { openImage } from "./decoder";

/**
 * The longest side (px) of a thumbnail, which the app shows in a grid, and of a preview, which other sites show next to a link.
 */
const THUMBNAIL = 480;
export const PREVIEW = 1200;

/**
 * Returns the thumbnail of an image: an upright WebP whose longest side is at most `THUMBNAIL` px, its size, and its mean color
 * as `#rrggbb`. Throws if the image cannot be decoded (see `openImage`).
 */
export async function makeThumbnail(bytes: Uint8Array) {
  const image = reduce(bytes, THUMBNAIL).webp({ quality: 75, effort: 1 });
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  const pixel = await sharp(data).removeAlpha().toColourspace("srgb").resize(1, 1, { fit: "fill" }).raw().toBuffer();
  return { bytes: data, width: info.width, height: info.height, color: `#${pixel.toString("hex").slice(0, 6)}` };
}

/**
 * Returns the preview of an image: an upright JPEG whose longest side is at most `PREVIEW` px. Transparent parts become white.
 * Throws if the image cannot be decoded (see `openImage`).
 */
export async function makePreview(bytes: Uint8Array): Promise<Buffer> {
  return reduce(bytes, PREVIEW).flatten({ background: "#fff" }).jpeg({ quality: 82 }).toBuffer();
}

/** Returns the size (px) of an image after its longest side is reduced to at most `longest`. */
export function sizeWithin(longest: number, { width, height }: { width: number; height: number }) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function reduce(bytes: Uint8Array, longest: number) {
  return openImage(bytes).resize({ width: longest, height: longest, fit: "inside", withoutEnlargement: true });
}
