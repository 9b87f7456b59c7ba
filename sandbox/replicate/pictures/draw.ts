import { drawAbstract } from "./abstract.ts";
import { drawAstronaut } from "./astronaut.ts";
import type { Canvas } from "./canvas.ts";
import { drawCity } from "./city.ts";
import { print } from "./finish.ts";
import { drawFlowers } from "./flowers.ts";
import { encode } from "./format.ts";
import { drawLandscape } from "./landscape.ts";
import type { Picture } from "./picture.ts";
import { drawPortrait } from "./portrait.ts";
import { hash } from "./random.ts";
import { setScene, type Scene } from "./scene.ts";
import { drawSpace } from "./space.ts";
import { applyStyle } from "./style.ts";

/** Draws the picture a prompt asks for: the same bytes for the same arguments. */
export async function drawPicture(picture: Picture): Promise<Buffer> {
  const scene = setScene(picture);
  const { canvas, finish } = applyStyle(await develop(scene, picture.prompt), scene, picture.model);
  const pixels = print(canvas, { ...finish, offset: hash(`${picture.seed} ${picture.index ?? 0}`) });
  return encode(pixels, picture.width, picture.height, picture.format, picture.quality);
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
