import { createCanvas, enlarge, addGlow, setPixel, addLight, type Canvas } from "../canvas/canvas.ts";
import { fractal, noise } from "../canvas/noise.ts";
import { between } from "../canvas/random.ts";
import { clamp, distance, gradient, smooth } from "../colours/colour.ts";
import type { Scene } from "../scenes/scene.ts";
import { paintStars } from "./stars.ts";

/** Paints the sky down to the horizon: gradient, light, clouds, then stars and the sun or moon. */
export function paintSky(canvas: Canvas, scene: Scene): void {
  const { width, height, palette, sun, unit } = scene;
  const until = Math.min(height, scene.horizon + Math.ceil(unit * 0.05));
  const step = Math.max(1, Math.round(Math.max(width, height) / 300));
  const coarse = createCanvas(Math.ceil(width / step) + 2, Math.ceil(until / step) + 2);
  const air = gradient([palette.top, palette.top, palette.middle, palette.middle, palette.low, palette.low]);
  const cloudAt = createClouds(scene);
  const low = scene.time === "dawn" || scene.time === "sunset";
  for (let row = 0; row < coarse.height; row++) {
    for (let column = 0; column < coarse.width; column++) {
      const x = column * step;
      const y = row * step;
      const away = distance((x - sun.x) * (low ? 0.62 : 1), y - sun.y) / unit;
      setPixel(coarse, column, row, air((y / scene.horizon) * 0.97 + (low ? Math.exp(-away * 3) * 0.1 : 0)));
      const shine = scene.weather === "fog" || scene.weather === "rain" ? 0.6 : 1;
      const strength = scene.time === "night" ? 0.35 : 0.75;
      addLight(
        coarse,
        column,
        row,
        palette.light,
        shine * strength * (Math.exp(-away * 3.4) * 0.55 + Math.exp(-away * 14) * 0.6),
      );
      cloudAt(coarse, column, row, x, y, away);
    }
  }
  enlarge(coarse, canvas, step, until);
  if (scene.time === "night" && !scene.brief.unwanted.has("stars")) paintStars(canvas, scene, scene.horizon);
  paintDisc(canvas, scene);
}

/**
 * Returns a function that paints the clouds at one pixel. The clouds are on a flat plane above the viewer, so they look smaller
 * and denser towards the horizon.
 */
function createClouds(scene: Scene) {
  const { width, height, palette, sun, weather, brief } = scene;
  const random = scene.random("clouds");
  const offset = between(random, 0, 200);
  const scale = between(random, 0.8, 1.35);
  const stretch = between(random, 0.35, 0.75);
  const cover = { clear: 0.6, clouds: between(random, 0.44, 0.5), storm: 0.3, fog: 0.6, snow: 0.42, rain: 0.34 }[
    weather
  ];
  const none = brief.unwanted.has("clouds") || brief.style === "minimal";
  const thick = weather === "storm" ? 0.95 : scene.time === "night" ? 0.5 : 0.85;
  return (coarse: Canvas, column: number, row: number, x: number, y: number, away: number) => {
    const rise = (scene.horizon - y) / height;
    if (none || rise < 0.004) return;
    const depth = 0.42 / (rise + 0.11);
    const u = ((x - width / 2) / height) * depth * 2.2 * scale * stretch + offset;
    const v = depth * 3.2 * scale + offset * 0.37;
    const density = fractal(u + noise(u * 0.5, v * 0.5) * 0.9, v, 5);
    const amount = smooth(cover, cover + 0.22, density) * smooth(0.0, 0.09, rise);
    if (amount <= 0.004) return;
    const towards = Math.sign(sun.x - x) * clamp(Math.abs(sun.x - x) / (width * 0.2)) * 0.22;
    const behind = fractal(u + towards, v + (y < sun.y ? -0.16 : 0.2), 3);
    const lit = clamp(0.5 + (density - behind) * -2.6 + (density - cover) * -1.3 + 0.25 * Math.exp(-away * 3));
    const body = { r: 0, g: 0, b: 0 };
    body.r = palette.cloudShade.r + (palette.cloud.r - palette.cloudShade.r) * lit;
    body.g = palette.cloudShade.g + (palette.cloud.g - palette.cloudShade.g) * lit;
    body.b = palette.cloudShade.b + (palette.cloud.b - palette.cloudShade.b) * lit;
    setPixel(coarse, column, row, body, amount * thick);
    // Near the sun, the thin edge of a cloud is brighter than the sky.
    addLight(coarse, column, row, palette.light, amount * (1 - amount) * Math.exp(-away * 4) * 1.6);
  };
}

function paintDisc(canvas: Canvas, { brief, time, weather, sun, palette, unit }: Scene): void {
  const body = time === "night" ? "moon" : "sun";
  const named = brief.things.has(body);
  if (brief.unwanted.has(body) || (!named && (weather === "storm" || weather === "rain" || weather === "snow"))) return;
  const radius = sun.radius * (named ? 1.55 : 1);
  addGlow(canvas, sun.x, sun.y, radius * 5, palette.light, 0.5);
  const edge = unit * 0.0016 + (weather === "fog" ? radius * 0.25 : 0.5);
  for (let y = Math.floor(sun.y - radius - 2); y <= sun.y + radius + 2; y++) {
    for (let x = Math.floor(sun.x - radius - 2); x <= sun.x + radius + 2; x++) {
      if (x < 0 || y < 0 || x >= canvas.width || y >= canvas.height) continue;
      const away = distance(x - sun.x, y - sun.y);
      const cover = clamp((radius - away) / edge + 0.5);
      if (cover <= 0) continue;
      const seas =
        body === "moon"
          ? smooth(0.42, 0.72, fractal(((x - sun.x) / radius) * 1.7 + 40, ((y - sun.y) / radius) * 1.7 + 7, 4)) * 0.3
          : 0;
      const shade = 1 - seas - (body === "moon" ? (away / radius) ** 4 * 0.12 : 0);
      setPixel(
        canvas,
        x,
        y,
        { r: palette.disc.r * shade, g: palette.disc.g * shade, b: palette.disc.b * shade },
        cover,
      );
    }
  }
}
