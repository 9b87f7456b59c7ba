import type { Canvas } from "./canvas/canvas.ts";
import { encodeImage, enlargeImage } from "./canvas/encode-image.ts";
import { hash } from "./canvas/random.ts";
import { drawLandscape } from "./landscape/landscape.ts";
import { drawAbstract } from "./scenes/abstract.ts";
import { drawAstronaut } from "./scenes/astronaut.ts";
import { drawCity } from "./scenes/city.ts";
import { drawFlowers } from "./scenes/flowers.ts";
import { drawPortrait } from "./scenes/portrait.ts";
import { createScene, type DrawRequest, type Scene } from "./scenes/scene.ts";
import { drawSpace } from "./scenes/space.ts";
import { applyStyle } from "./styles/apply-style.ts";
import { finishImage } from "./styles/finish.ts";

/**
 * The longest side (px) that is drawn at full size. A larger image is drawn at a smaller size and then enlarged, because drawing
 * takes time for each pixel.
 */
const MAX_SIDE = 2048;

/** Draws the image that a prompt describes. The same request gives the same bytes. */
export async function drawImage(request: DrawRequest): Promise<Buffer> {
  const { width, height, format, quality } = request;
  const share = MAX_SIDE / Math.max(width, height);
  if (share < 1) {
    const size = { width: Math.round((width * share) / 2), height: Math.round((height * share) / 2) };
    return enlargeImage(await drawImage({ ...request, ...size, format: "png" }), width, height, format, quality);
  }
  const scene = createScene(request);
  const { canvas, finish } = applyStyle(await drawScene(scene, request.prompt), scene, request.model);
  const pixels = finishImage(canvas, { ...finish, offset: hash(`${request.seed} ${request.index ?? 0}`) });
  return encodeImage(pixels, width, height, format, quality);
}

async function drawScene(scene: Scene, prompt: string): Promise<Canvas> {
  const { focus, place } = scene.brief;
  if (focus === "portrait" || focus === "woman") return drawPortrait(scene);
  if (focus === "astronaut") return drawAstronaut(scene);
  if (focus === "flower") return drawFlowers(scene);
  if (place === "city") return drawCity(scene);
  if (place === "space") return drawSpace(scene);
  if (place === "abstract") return drawAbstract(scene, prompt);
  return drawLandscape(scene);
}
