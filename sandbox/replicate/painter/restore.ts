import sharp from "sharp";
import { scaled } from "./upscale.ts";

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
