import { crc32 } from "node:zlib";
import sharp from "sharp";

const WIDTH = 96;
const HEIGHT = 64;

/** Returns an image of random pixels, which do not compress to a few bytes. The pixels are the same in each run. */
export function noise(width: number, height: number, channels: 3 | 4 = 3) {
  const pixels = Buffer.alloc(width * height * channels);
  let state = 1;
  for (let index = 0; index < pixels.length; index += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    pixels[index] = state >>> 24;
  }
  return sharp(pixels, { raw: { width, height, channels } });
}

/** Returns an animation of three grey frames. In the format of sharp, the frames are one above the other. */
function createFilm() {
  const pixels = Buffer.concat([0, 80, 160].map((level) => Buffer.alloc(WIDTH * HEIGHT * 3, level)));
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT * 3, channels: 3, pageHeight: HEIGHT } });
}

/** One small file of each kind of PNG, JPEG, WebP and GIF that a model may deliver. Each has 96 × 64 pixels. */
export const IMAGES = {
  "plain PNG": { contentType: "image/png", make: () => noise(WIDTH, HEIGHT).png() },
  "interlaced PNG": { contentType: "image/png", make: () => noise(WIDTH, HEIGHT, 4).png({ progressive: true }) },
  "palette PNG": { contentType: "image/png", make: () => noise(WIDTH, HEIGHT).png({ palette: true }) },
  "baseline JPEG": { contentType: "image/jpeg", make: () => noise(WIDTH, HEIGHT).jpeg() },
  "progressive JPEG": { contentType: "image/jpeg", make: () => noise(WIDTH, HEIGHT).jpeg({ progressive: true }) },
  "grey JPEG with metadata": {
    contentType: "image/jpeg",
    make: () =>
      noise(WIDTH, HEIGHT)
        .greyscale()
        .withExif({ IFD0: { ImageDescription: "a fox" } })
        .jpeg(),
  },
  "lossy WebP": { contentType: "image/webp", make: () => noise(WIDTH, HEIGHT).webp() },
  "lossless WebP": { contentType: "image/webp", make: () => noise(WIDTH, HEIGHT).webp({ lossless: true }) },
  "WebP with alpha": { contentType: "image/webp", make: () => noise(WIDTH, HEIGHT, 4).webp() },
  "animated WebP": { contentType: "image/webp", make: () => createFilm().webp({ loop: 0, delay: [90, 90, 90] }) },
  "still GIF": { contentType: "image/gif", make: () => noise(WIDTH, HEIGHT).gif() },
  "animated GIF": { contentType: "image/gif", make: () => createFilm().gif({ loop: 0, delay: [90, 90, 90] }) },
} as const;

/** Returns a complete PNG that cannot be decoded: its header contains this size (px), but the file has far fewer pixels. */
export async function undecodablePng(width = 4000, height = 4000) {
  const bytes = await IMAGES["plain PNG"].make().toBuffer();
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

export const IMAGE_WIDTH = WIDTH;
export const IMAGE_HEIGHT = HEIGHT;

export async function avif() {
  return noise(WIDTH, HEIGHT).avif({ effort: 0 }).toBuffer();
}
