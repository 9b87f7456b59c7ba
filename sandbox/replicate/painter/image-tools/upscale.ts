import sharp from "sharp";

const LONGEST_SIDE = 4096;

/** Enlarges with Lanczos and a light sharpening; the longer side never exceeds 4096 px. Returns png. */
export async function upscale(bytes: Uint8Array, scale: number): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  return sharp(bytes)
    .resize({ ...scaled(width, height, scale), fit: "fill", kernel: "lanczos3" })
    .sharpen({ sigma: 0.8, m1: 0.4, m2: 1.2 })
    .png({ compressionLevel: 2 })
    .toBuffer();
}

/** Takes out speckle with a median, then enlarges and sharpens what is left. Returns png. */
export async function restoreFaces(bytes: Uint8Array, scale: number): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  // Two pipelines, because sharp orders its own operations and would resize before the median.
  const clean = await sharp(bytes).median(3).png({ compressionLevel: 0 }).toBuffer();
  return sharp(clean)
    .resize({ ...scaled(width, height, scale), fit: "fill", kernel: "lanczos3" })
    .sharpen({ sigma: 1.2, m1: 0.6, m2: 2 })
    .png({ compressionLevel: 2 })
    .toBuffer();
}

/** The size in px of an image enlarged `scale` times, within the cap and its own proportions. */
function scaled(width: number, height: number, scale: number): { width: number; height: number } {
  const factor = Math.min(Math.max(scale, 0), LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}
