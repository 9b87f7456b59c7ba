import { createCanvas, enlarge, addGlow, setPixel, addLight, type Canvas } from "../canvas/canvas.ts";
import { fractal, noise, ridged } from "../canvas/noise.ts";
import { between } from "../canvas/random.ts";
import { clamp, distance, mix, smooth, type Colour } from "../colours/colour.ts";
import { paintStars } from "../landscape/stars.ts";
import type { Scene } from "./scene.ts";

/** Draws a nebula, stars, a large planet that is lit from one side, and its moon. */
export function drawSpace(scene: Scene): Canvas {
  const { width, height, unit, palette } = scene;
  const canvas = createCanvas(width, height);
  const random = scene.random("space");
  paintNebula(canvas, scene);
  paintStars(canvas, scene, height);
  if (scene.brief.unwanted.has("planet")) return canvas;
  const left = random() < 0.5;
  const radius = unit * between(random, 0.2, 0.34);
  const x = width * (left ? between(random, 0.26, 0.4) : between(random, 0.6, 0.74));
  const y = height * between(random, 0.4, 0.64);
  const angle = between(random, -0.7, 0.7) + (left ? Math.PI : 0);
  const ring = random() < 0.55 ? between(random, 1.5, 1.75) : 0;
  const light = { x: Math.cos(angle) * 0.8, y: Math.sin(angle) * 0.8 - 0.25, z: between(random, 0.25, 0.55) };
  const world = {
    x,
    y,
    radius,
    ring,
    tilt: between(random, -0.5, 0.5),
    banded: ring > 0 || random() < 0.4,
    seed: random() * 200,
    light,
  };
  addGlow(canvas, x + light.x * radius * 0.25, y + light.y * radius * 0.25, radius * 1.55, palette.haze, 0.5);
  paintPlanet(
    canvas,
    world,
    [palette.near, palette.far, palette.accent, mix(palette.light, palette.low, 0.5)],
    palette.light,
  );
  const small = radius * between(random, 0.1, 0.2);
  const moonX = width - x + between(random, -0.1, 0.1) * width;
  const moon = {
    x: moonX,
    y: height * between(random, 0.16, 0.32),
    radius: small,
    ring: 0,
    tilt: 0,
    banded: false,
    seed: random() * 200,
    light,
  };
  paintPlanet(canvas, moon, [palette.near, palette.cloudShade, palette.cloud, palette.disc], palette.light);
  return canvas;
}

function paintNebula(canvas: Canvas, scene: Scene): void {
  const { width, height, unit, palette } = scene;
  const random = scene.random("nebula");
  const offset = between(random, 0, 200);
  const scale = between(random, 1.5, 2.3);
  const lean = between(random, -0.8, 0.8);
  const step = Math.max(1, Math.round(Math.max(width, height) / 280));
  const coarse = createCanvas(Math.ceil(width / step) + 2, Math.ceil(height / step) + 2);
  const dark = mix(palette.near, { r: 0.008, g: 0.008, b: 0.02 }, 0.72);
  for (let row = 0; row < coarse.height; row++) {
    for (let column = 0; column < coarse.width; column++) {
      const x = (column * step - width / 2) / unit;
      const y = (row * step - height / 2) / unit;
      const warp = fractal(x * scale + offset, y * scale, 3);
      const gas = fractal(x * scale + warp * 1.7, y * scale + warp * 1.3 + offset, 5);
      const veins = ridged(x * scale * 1.3 + warp * 0.9 + offset, y * scale * 1.3 + 70, 4);
      const band = Math.exp(-(((x * lean + y) / 0.5) ** 2));
      const amount = smooth(0.38, 0.78, gas) * (0.25 + band * 0.95);
      setPixel(coarse, column, row, dark);
      addLight(coarse, column, row, palette.far, amount * 0.9);
      addLight(coarse, column, row, palette.second, smooth(0.5, 0.85, gas) * band * 0.55);
      addLight(coarse, column, row, palette.accent, smooth(0.62, 0.9, veins) * amount * 0.75);
      addLight(coarse, column, row, palette.light, smooth(0.72, 0.98, gas * 0.6 + veins * 0.4) * band * 0.7);
      setPixel(coarse, column, row, dark, smooth(0.55, 0.8, noise(x * 3 + offset, y * 3 + warp * 3)) * band * 0.5);
    }
  }
  enlarge(coarse, canvas, step);
}

type World = {
  x: number;
  y: number;
  radius: number;
  ring: number;
  tilt: number;
  banded: boolean;
  seed: number;
  light: { x: number; y: number; z: number };
};

function paintPlanet(
  canvas: Canvas,
  world: World,
  colours: readonly [Colour, Colour, Colour, Colour],
  rim: Colour,
): void {
  const { radius, ring, tilt, seed, light } = world;
  const reach = radius * Math.max(1.04, ring * 1.35);
  const cos = Math.cos(tilt);
  const sin = Math.sin(tilt);
  const [, dark, middle, bright] = colours;
  for (let y = Math.max(0, Math.floor(world.y - reach)); y < Math.min(canvas.height, world.y + reach); y++) {
    for (let x = Math.max(0, Math.floor(world.x - reach)); x < Math.min(canvas.width, world.x + reach); x++) {
      const dx = (x - world.x) / radius;
      const dy = (y - world.y) / radius;
      const u = dx * cos + dy * sin;
      const v = dy * cos - dx * sin;
      const away = distance(dx, dy);
      if (away < 1.01) {
        const z = Math.sqrt(Math.max(0, 1 - away * away));
        const lit = clamp(dx * light.x + dy * light.y + z * light.z + 0.04);
        const wind = fractal(u * 2 + seed, v * 2 + z, 3);
        const ground = world.banded
          ? fractal(seed + wind * 0.5, v * 6 + wind * 0.9, 3)
          : fractal((u * 2.4) / (0.6 + z * 0.4) + seed, (v * 2.4) / (0.6 + z * 0.4) + seed, 5);
        const base =
          ground < 0.5 ? mix(dark, middle, smooth(0.3, 0.5, ground)) : mix(middle, bright, smooth(0.5, 0.72, ground));
        const shade = 0.015 + lit ** 0.8 * 1.12;
        const air = (1 - z) ** 3 * (0.15 + lit);
        const cover = clamp((1 - away) * radius + 0.5);
        setPixel(canvas, x, y, { r: base.r * shade, g: base.g * shade, b: base.b * shade }, cover);
        addLight(canvas, x, y, rim, clamp(air * cover));
      }
      if (ring === 0) continue;
      const flat = distance(u, v / 0.24);
      const within = smooth(ring * 0.8, ring * 0.84, flat) * smooth(ring * 1.3, ring * 1.24, flat);
      if (within <= 0 || (v < 0 && away < 1)) continue;
      const groove = 0.3 + 0.7 * noise(flat * 26 + seed, 0.5);
      setPixel(canvas, x, y, mix(middle, bright, groove), within * groove * 0.75);
    }
  }
}
