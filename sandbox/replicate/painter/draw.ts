import { drawAbstract } from "./abstract.ts";
import { drawAstronaut } from "./astronaut.ts";
import type { Canvas } from "./canvas.ts";
import { drawCity } from "./city.ts";
import { print } from "./finish.ts";
import { drawFlowers } from "./flowers.ts";
import { encode } from "./format.ts";
import { drawLandscape } from "./landscape.ts";
import type { Painting } from "./painting.ts";
import { drawPortrait } from "./portrait.ts";
import { hash } from "./random.ts";
import { setScene, type Scene } from "./scene.ts";
import { drawSpace } from "./space.ts";
import { applyStyle } from "./style.ts";

/** Draws the image a prompt asks for: the same bytes for the same arguments. */
export async function drawPainting(painting: Painting): Promise<Buffer> {
  const scene = setScene(painting);
  const { canvas, finish } = applyStyle(await develop(scene, painting.prompt), scene, painting.model);
  const pixels = print(canvas, { ...finish, offset: hash(`${painting.seed} ${painting.index ?? 0}`) });
  return encode(pixels, painting.width, painting.height, painting.format, painting.quality);
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
