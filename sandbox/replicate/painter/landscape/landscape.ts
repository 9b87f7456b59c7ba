import { createCanvas, type Canvas } from "../canvas/canvas.ts";
import { overlay } from "../canvas/svg-overlay.ts";
import type { Scene } from "../scenes/scene.ts";
import { paintForeground, drawDistantBirds } from "./foreground.ts";
import { paintGround } from "./ground.ts";
import { paintSky } from "./sky.ts";
import { paintAurora } from "./stars.ts";
import { paintWater } from "./water.ts";
import { paintFog, paintWeather } from "./weather.ts";
import { paintWoods } from "./woods.ts";

/** Paints the parts of a landscape from far to near: sky, land, water, foreground, weather. */
export async function drawLandscape(scene: Scene): Promise<Canvas> {
  const canvas = createCanvas(scene.width, scene.height);
  paintSky(canvas, scene);
  if (scene.brief.things.has("aurora")) paintAurora(canvas, scene);
  paintGround(canvas, scene);
  paintWoods(canvas, scene);
  await overlay(canvas, drawDistantBirds(scene));
  const { place } = scene.brief;
  if (place === "lake" || place === "sea") paintWater(canvas, scene, scene.horizon, place === "sea" ? 1 : 0.12);
  paintFog(canvas, scene);
  await paintForeground(canvas, scene);
  paintWeather(canvas, scene);
  return canvas;
}
