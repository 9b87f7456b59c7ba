import { encode, type Format } from "./format.ts";
import { createRandom } from "./random.ts";

export type Picture = {
  model: string;
  prompt: string;
  negativePrompt?: string;
  seed: number;
  /** px, 64..2048 */
  width: number;
  /** px, 64..2048 */
  height: number;
  format: Format;
  /** 0..100, for jpg and webp */
  quality?: number;
  /** Which of several pictures of one prediction. */
  index?: number;
};

/** Draws the picture a prompt asks for: the same bytes for the same arguments. */
export function drawPicture(picture: Picture): Promise<Buffer> {
  const { width, height } = picture;
  const random = createRandom([picture.model, picture.prompt, picture.seed, picture.index ?? 0].join("\n"));
  const top = [random() * 90, random() * 90, random() * 120];
  const bottom = [120 + random() * 130, 100 + random() * 130, 80 + random() * 130];
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < rgb.length; at++) {
    const t = Math.floor(at / 3 / width) / height;
    rgb[at] = (top[at % 3] ?? 0) * (1 - t) + (bottom[at % 3] ?? 0) * t + random() * 4;
  }
  return encode(rgb, width, height, picture.format, picture.quality);
}
