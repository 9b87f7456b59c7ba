import { addGlow, addLight, type Canvas } from "../canvas/canvas.ts";
import { fractal, ridged } from "../canvas/noise.ts";
import { between } from "../canvas/random.ts";
import { toColour, lch } from "../colours/colour.ts";
import type { Scene } from "../scenes/scene.ts";

/**
 * Paints stars above the row `until` (px): many faint ones and few bright ones, blue or yellow. A band like the Milky Way has
 * more stars than the rest of the sky.
 */
export function paintStars(canvas: Canvas, scene: Scene, until: number): void {
  const { width, unit } = scene;
  const random = scene.random("stars");
  const wanted = scene.brief.things.has("stars") || scene.brief.place === "space";
  const count = Math.round(((width * until) / (unit * unit)) * (wanted ? 2600 : 900));
  const lean = between(random, -0.9, 0.9);
  const grey = scene.brief.mood === "grey" ? 0 : 1;
  for (let star = 0; star < count; star++) {
    const x = random() * width;
    const y = random() ** 1.15 * until;
    const band = Math.abs((x - width / 2) * lean + (y - until / 2)) / until;
    const bright = random() ** 5;
    if (random() < band * 0.9 && bright < 0.5) continue;
    const dim = 1 - (y / until) ** 3;
    const colour = toColour(lch(0.93, 0.05 * grey, random() < 0.7 ? 250 : 70));
    const left = Math.floor(x);
    const top = Math.floor(y);
    if (left + 1 >= width || top + 1 >= canvas.height) continue;
    const light = (0.12 + bright) * dim;
    // A star is smaller than a pixel, so its light is divided among four neighbouring pixels. The nearer a pixel is to the star,
    // the more light it gets.
    const u = x - left;
    const v = y - top;
    addLight(canvas, left, top, colour, Math.min(1, light * (1 - u) * (1 - v) * 2));
    addLight(canvas, left + 1, top, colour, Math.min(1, light * u * (1 - v) * 2));
    addLight(canvas, left, top + 1, colour, Math.min(1, light * (1 - u) * v * 2));
    addLight(canvas, left + 1, top + 1, colour, Math.min(1, light * u * v * 2));
    if (bright > 0.55) addGlow(canvas, x, y, unit * 0.006 * (0.4 + bright), colour, bright * dim);
  }
}

/** Paints curtains of light: columns that fade upwards from a wavy lower edge. */
export function paintAurora(canvas: Canvas, scene: Scene): void {
  const { width, horizon, palette } = scene;
  const random = scene.random("aurora");
  const own = scene.brief.tints.length > 0 || scene.brief.mood === "grey" || scene.brief.mood === "sepia";
  const green = own ? palette.accent : toColour(lch(0.82, 0.2, 155));
  const violet = own ? palette.second : toColour(lch(0.55, 0.2, 310));
  for (let curtain = 0; curtain < 3; curtain++) {
    const offset = random() * 200;
    const base = horizon * between(random, 0.5, 0.85);
    const strength = between(random, 0.45, 0.8);
    for (let x = 0; x < width; x++) {
      const at = x / width;
      const foot = base + (fractal(at * 2.2 + offset, curtain, 3) - 0.5) * horizon * 0.7;
      const rays = 0.35 + 0.65 * ridged(at * 14 + offset, 3.5, 3) ** 2;
      const body = strength * rays * fractal(at * 3 + offset, 9.5, 2) * 1.5;
      const tall = horizon * (0.3 + 0.4 * fractal(at * 7 + offset, 21.5, 2));
      for (let y = Math.max(0, Math.floor(foot - tall)); y < Math.min(horizon, foot + tall * 0.08); y++) {
        const up = (foot - y) / tall;
        const light = up < 0 ? 1 + up * 12 : Math.max(0, 1 - up) ** 1.7;
        if (light <= 0) continue;
        addLight(canvas, x, y, green, body * light * 0.75);
        addLight(canvas, x, y, violet, body * light * Math.max(0, up) * 0.7);
      }
    }
  }
}
