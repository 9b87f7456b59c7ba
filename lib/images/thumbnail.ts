import "server-only";

import sharp from "sharp";
import { MAX_PIXELS } from "@/lib/images/inspect";

const LONGEST_SIDE = 480;
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
 * A small WebP of the picture, upright, its longest side at most 480 px; of an animation its first frame.
 * Throws when the bytes are no PNG, JPEG, WebP or GIF, exceed 25 megapixels, or take longer than ten seconds.
 */
export async function makeThumbnail(bytes: Uint8Array) {
  const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, sequentialRead: true });
  const { data, info } = await picture
    .timeout({ seconds: MAX_SECONDS })
    .autoOrient()
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 75, effort: 1 })
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}
