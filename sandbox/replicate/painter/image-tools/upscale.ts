import sharp from "sharp";

const LONGEST_SIDE = 4096;

/** Enlarges an image and sharpens it a little. The longer side of the result has at most 4096 px. Returns a PNG. */
export async function upscale(bytes: Uint8Array, scale: number): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  return sharp(bytes)
    .resize({ ...scaleSize(width, height, scale), fit: "fill", kernel: "lanczos3" })
    .sharpen({ sigma: 0.8, m1: 0.4, m2: 1.2 })
    .png({ compressionLevel: 2 })
    .toBuffer();
}

/** Removes noise with a median filter, then enlarges and sharpens the image. Returns a PNG. */
export async function restoreFaces(bytes: Uint8Array, scale: number): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  // The median filter needs its own call of sharp: in one call, sharp would enlarge the image before it applies the filter.
  const clean = await sharp(bytes).median(3).png({ compressionLevel: 0 }).toBuffer();
  return sharp(clean)
    .resize({ ...scaleSize(width, height, scale), fit: "fill", kernel: "lanczos3" })
    .sharpen({ sigma: 1.2, m1: 0.6, m2: 2 })
    .png({ compressionLevel: 2 })
    .toBuffer();
}

/** Returns the size in px after scaling: the same aspect ratio, with at most 4096 px on the longer side. */
function scaleSize(width: number, height: number, scale: number): { width: number; height: number } {
  const factor = Math.min(Math.max(scale, 0), LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}
