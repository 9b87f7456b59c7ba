import sharp from "sharp";
import { encodeImage, type Format } from "../canvas/encode-image.ts";

/** `width` and `height` are in px. `hue` is the angle (degrees) by which all colours are turned on the colour wheel. */
type Target = { width: number; height: number; format: Format; hue?: number };

/** Returns one image with the middle parts of all images side by side. */
export async function combineImages(images: Uint8Array[], { width, height, format, hue = 0 }: Target) {
  const edgeOf = (index: number) => Math.round((index * width) / images.length);
  const slices = await Promise.all(
    images.map(async (bytes, index) => ({
      input: await sharp(bytes)
        .autoOrient()
        .flatten({ background: "white" })
        .resize({ width: edgeOf(index + 1) - edgeOf(index), height, fit: "cover" })
        .modulate({ hue })
        .png({ compressionLevel: 0 })
        .toBuffer(),
      left: edgeOf(index),
      top: 0,
    })),
  );
  const pixels = await sharp({ create: { width, height, channels: 3, background: "white" } })
    .composite(slices)
    .removeAlpha()
    .raw()
    .toBuffer();
  return encodeImage(pixels, width, height, format);
}
