import "server-only";
import sharp from "sharp";
import { MAX_PIXELS } from "./inspect";

/** The longest sides (px): of images in a grid, and in link previews. */
export const THUMBNAIL = 480;
export const PREVIEW = 1200;
const MAX_SECONDS = 10;

// Each loader parses untrusted bytes, so only those of the saved formats stay enabled.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["Png", "Jpeg", "Webp", "Nsgif"].map((format) => `VipsForeignLoad${format}Buffer`) });
// A thumbnail can wait; requests that share the processor cannot.
sharp.concurrency(1);
sharp.cache(false);

/**
 * A WebP of the image, upright, its longest side at most 480 px, of an animation the first frame; and its mean color,
 * `#rrggbb`. Throws when the bytes are not a PNG, JPEG, WebP or GIF, exceed 25 megapixels, or take longer than ten seconds.
 */
export async function makeThumbnail(bytes: Uint8Array) {
  const image = reduce(bytes, THUMBNAIL).webp({ quality: 75, effort: 1 });
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  const pixel = await sharp(data).removeAlpha().toColourspace("srgb").resize(1, 1, { fit: "fill" }).raw().toBuffer();
  return { bytes: data, width: info.width, height: info.height, color: `#${pixel.toString("hex").slice(0, 6)}` };
}

/** A JPEG for link previews, upright, at most 1200 px, with white for transparency. Throws like `makeThumbnail`. */
export async function makePreview(bytes: Uint8Array): Promise<Buffer> {
  return reduce(bytes, PREVIEW).flatten({ background: "#fff" }).jpeg({ quality: 82 }).toBuffer();
}

/** The size (px) of an image when its longest side is reduced to at most `longest`. */
export function sizeWithin(longest: number, { width, height }: { width: number; height: number }) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function reduce(bytes: Uint8Array, longest: number) {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, sequentialRead: true })
    .timeout({ seconds: MAX_SECONDS })
    .autoOrient()
    .resize({ width: longest, height: longest, fit: "inside", withoutEnlargement: true });
}
