import "server-only";

import sharp from "sharp";
import { MAX_PIXELS } from "@/lib/media/inspect";

/** The longest side of the small images (px): in a grid, and in the cards that messengers make of a link. */
export const THUMBNAIL = 480;
export const PREVIEW = 1200;
const MAX_SECONDS = 10;

// Every loader is a parser of other people's bytes, so only those of the formats that are kept stay on.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Png", "Jpeg", "Webp", "Nsgif"].map((format) => `VipsForeignLoad${format}Buffer`),
});
// A thumbnail can wait; the requests that share the processor with it cannot.
sharp.concurrency(1);
sharp.cache(false);

/**
 * A small WebP of the image, upright, its longest side at most 480 px, of an animation its first frame; and its mean
 * colour, `#rrggbb`.
 * Throws when the bytes are no PNG, JPEG, WebP or GIF, exceed 25 megapixels, or take longer than ten seconds.
 */
export async function makeThumbnail(bytes: Uint8Array) {
  const image = reduce(bytes, THUMBNAIL).webp({ quality: 75, effort: 1 });
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  const pixel = await sharp(data).removeAlpha().toColourspace("srgb").resize(1, 1, { fit: "fill" }).raw().toBuffer();
  return { bytes: data, width: info.width, height: info.height, color: `#${pixel.toString("hex").slice(0, 6)}` };
}

/** The same as a JPEG of at most 1200 px, which whoever makes a card of a link understands. What is clear is white. */
export async function makePreview(bytes: Uint8Array): Promise<Buffer> {
  return reduce(bytes, PREVIEW).flatten({ background: "#fff" }).jpeg({ quality: 82 }).toBuffer();
}

/** The size of an image (px) whose longest side was brought to at most `longest`. */
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
