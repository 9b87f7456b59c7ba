import { drawAbstract } from "./scenes/abstract.ts";
import { drawAstronaut } from "./scenes/astronaut.ts";
import type { Canvas } from "./canvas/canvas.ts";
import { drawCity } from "./scenes/city.ts";
import { print } from "./styles/finish.ts";
import { drawFlowers } from "./scenes/flowers.ts";
import { encode } from "./canvas/encode-image.ts";
import { drawLandscape } from "./landscape/landscape.ts";
import { drawPortrait } from "./scenes/portrait.ts";
import { hash } from "./canvas/random.ts";
import { createScene, type DrawRequest, type Scene } from "./scenes/scene.ts";
import { drawSpace } from "./scenes/space.ts";
import { applyStyle } from "./styles/apply-style.ts";

/** Draws the image a prompt asks for: the same bytes for the same arguments. */
export async function drawImage(request: DrawRequest): Promise<Buffer> {
  const scene = createScene(request);
  const { canvas, finish } = applyStyle(await develop(scene, request.prompt), scene, request.model);
  const pixels = print(canvas, { ...finish, offset: hash(`${request.seed} ${request.index ?? 0}`) });
  return encode(pixels, request.width, request.height, request.format, request.quality);
}

async function develop(scene: Scene, prompt: string): Promise<Canvas> {
  const { focus, place } = scene.brief;
  if (focus === "portrait" || focus === "woman") return drawPortrait(scene);
  if (focus === "astronaut") return drawAstronaut(scene);
  if (focus === "flower") return drawFlowers(scene);
  if (place === "city") return drawCity(scene);
  if (place === "space") return drawSpace(scene);
  if (place === "abstract") return drawAbstract(scene, prompt);
  return drawLandscape(scene);
}
