import "server-only";
import sharp from "sharp";
import { MAX_PIXELS } from "./inspect";

/** The longest side (px) of an image in a grid, and in a link preview. */
export const THUMBNAIL = 480;
export const PREVIEW = 1200;
const MAX_SECONDS = 10;

// Loaders parse untrusted bytes, so only those of the saved formats are enabled.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["Png", "Jpeg", "Webp", "Nsgif"].map((format) => `VipsForeignLoad${format}Buffer`) });
// One thread only: requests on the same processor are more urgent.
sharp.concurrency(1);
sharp.cache(false);

/**
 * Returns an upright WebP of the image, at most `THUMBNAIL` px long, its mean color as `#rrggbb`, and the size of the image itself (px)
 * as it is shown, upright. An animation becomes its first frame. Throws if it cannot be decoded, if its format is not one of
 * `IMAGE_TYPES`, if it has more than `MAX_PIXELS`, or if it takes over `MAX_SECONDS`.
 */
export async function makeThumbnail(bytes: Uint8Array) {
  const image = reduce(bytes, THUMBNAIL).webp({ quality: 75, effort: 1 });
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  const { autoOrient: size } = await image.metadata();
  const pixel = await sharp(data).removeAlpha().toColourspace("srgb").resize(1, 1, { fit: "fill" }).raw().toBuffer();
  return { bytes: data, width: info.width, height: info.height, color: `#${pixel.toString("hex").slice(0, 6)}`, size };
}

/** Returns an upright JPEG, at most `PREVIEW` px long, with white for transparency. Throws like `makeThumbnail`. */
export async function makePreview(bytes: Uint8Array): Promise<Buffer> {
  return reduce(bytes, PREVIEW).flatten({ background: "#fff" }).jpeg({ quality: 82 }).toBuffer();
}

/** Returns the size (px) of an image after its longest side is reduced to at most `longest`. */
export function sizeWithin(longest: number, { width, height }: { width: number; height: number }) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function reduce(bytes: Uint8Array, longest: number) {
  // Like browsers, ignores warnings.
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, sequentialRead: true, failOn: "error" })
    .timeout({ seconds: MAX_SECONDS })
    .autoOrient()
    .resize({ width: longest, height: longest, fit: "inside", withoutEnlargement: true });
}
