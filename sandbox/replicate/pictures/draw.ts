import { print } from "./finish.ts";
import { encode } from "./format.ts";
import { drawLandscape } from "./landscape.ts";
import type { Picture } from "./picture.ts";
import { hash } from "./random.ts";
import { setScene } from "./scene.ts";

/** Draws the picture a prompt asks for: the same bytes for the same arguments. */
export async function drawPicture(picture: Picture): Promise<Buffer> {
  const scene = setScene(picture);
  const canvas = await drawLandscape(scene);
  const pixels = print(canvas, { grain: 0.02, vignette: 0.3, contrast: 0.35, offset: hash(String(picture.seed)) });
  return encode(pixels, picture.width, picture.height, picture.format, picture.quality);
}
