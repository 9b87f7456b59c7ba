import { createCanvas, setPixel, type Canvas } from "../canvas/canvas.ts";
import { noise } from "../canvas/noise.ts";
import { between, type Random } from "../canvas/random.ts";
import { clamp, mix, type Colour } from "../colours/colour.ts";
import { paintSky } from "../landscape/sky.ts";
import { paintWater } from "../landscape/water.ts";
import { paintWeather } from "../landscape/weather.ts";
import type { Scene } from "./scene.ts";

type Tower = {
  left: number;
  right: number;
  top: number;
  floor: number;
  bay: number;
  lit: number;
  seed: number;
  spire: number;
};

/** Draws a skyline in five layers, and its reflection in water or in wet streets. */
export function drawCity(scene: Scene): Canvas {
  const { width, height, horizon, palette, unit, time, weather } = scene;
  const canvas = createCanvas(width, height);
  paintSky(canvas, scene);
  const random = scene.random("city");
  const neon = scene.brief.mood === "neon";
  const surface = Math.round(horizon + (height - horizon) * between(random, 0.1, 0.28));
  const centre = 1 - scene.sun.x / width;
  for (let layer = 0; layer < 5; layer++) {
    const near = layer / 4;
    const body = mix(mix(palette.haze, palette.far, 0.25 + near * 0.9), palette.near, near ** 1.2);
    const glowing = mix(body, palette.haze, weather === "fog" ? 0.75 : 0.5 * (1 - near * 0.5));
    const lights = time === "night" ? 0.62 : time === "day" ? 0.05 : 0.3;
    for (const tower of towers(random, scene, near, centre))
      paintTower(
        canvas,
        tower,
        surface,
        body,
        glowing,
        (index) => {
          const colour = neon && index % 5 > 2 ? (index % 2 ? palette.accent : palette.second) : palette.window;
          return { colour, strength: lights * (neon ? 1.1 : 0.4 + near * 0.6) };
        },
        unit,
      );
  }
  paintWater(canvas, scene, surface, weather === "rain" || neon ? 0.1 : 0.3);
  paintWeather(canvas, scene);
  return canvas;
}

function towers(random: Random, { width, height, horizon, unit }: Scene, near: number, centre: number): Tower[] {
  const list: Tower[] = [];
  let left = -unit * random() * 0.05;
  while (left < width) {
    const wide = unit * between(random, 0.03, 0.075) * (0.75 + near * 0.55);
    const middle = Math.exp(-((((left + wide / 2) / width - centre) / 0.24) ** 2));
    const tall =
      height * (0.07 + between(random, 0, 0.14) + middle * between(random, 0.05, 0.34)) * (1.12 - near * 0.5);
    const floor = Math.max(3, unit * between(random, 0.0075, 0.011) * (0.7 + near * 0.5));
    list.push({
      left: Math.round(left),
      right: Math.round(left + wide),
      top: Math.round(horizon + height * 0.02 - tall),
      floor,
      bay: floor * between(random, 0.6, 1.1),
      lit: between(random, 0.15, 0.75),
      seed: Math.floor(random() * 9999),
      spire: random() < 0.2 + middle * 0.3 ? tall * between(random, 0.1, 0.25) : 0,
    });
    left += wide * between(random, 0.75, 1.25);
  }
  return list;
}

type Lights = (index: number) => { colour: Colour; strength: number };

function paintTower(
  canvas: Canvas,
  tower: Tower,
  until: number,
  body: Colour,
  foot: Colour,
  lights: Lights,
  unit: number,
): void {
  const { left, right, top, floor, bay, lit, seed } = tower;
  const wide = right - left;
  const setback = seed % 3 === 0 ? wide * 0.18 : 0;
  const middle = Math.round((left + right) / 2);
  for (let y = Math.max(0, Math.round(top - tower.spire)); y < until; y++) {
    const shade = mix(body, foot, clamp((y - top) / (until - top)) ** 1.5);
    const inset =
      y < top
        ? wide / 2 - Math.max(0.6, unit * 0.0011) * (1 + (y - top + tower.spire) / Math.max(1, tower.spire))
        : y < top + (until - top) * 0.16
          ? setback
          : 0;
    const story = Math.floor((y - top) / floor);
    const inStory = (y - top) / floor - story;
    for (let x = Math.max(0, Math.round(left + inset)); x < Math.min(canvas.width, Math.round(right - inset)); x++) {
      // One side of a tower is darker, so that the tower looks like a box.
      const dim = x > middle + wide * 0.12 ? 0.86 : 1;
      setPixel(canvas, x, y, { r: shade.r * dim, g: shade.g * dim, b: shade.b * dim });
      if (y < top + floor || inStory < 0.35) continue;
      const column = Math.floor((x - left) / bay);
      const inBay = (x - left) / bay - column;
      if (inBay < 0.3 || x > right - bay * 0.4) continue;
      const on = noise(column * 7.31 + seed, story * 5.17 + seed * 0.3);
      if (on > lit) continue;
      const { colour, strength } = lights(seed + (column >> 2));
      setPixel(canvas, x, y, colour, strength * (0.4 + 0.6 * noise(column * 3.7 + seed, story * 9.1)));
    }
  }
}
