import { put, type Canvas } from "./canvas.ts";
import { clamp, smooth, type Colour } from "./colour.ts";
import { fractal, noise } from "./noise.ts";
import type { Ridge } from "./ridges.ts";

type Layer = {
  ridge: Ridge;
  /** Colour at the edge and, `depth` px below it, in the mist of the valley. */
  top: Colour;
  bottom: Colour;
  depth: number;
  /** px; the layer is painted down to here */
  until: number;
  rock?: Rock;
};
/** Lit and shaded faces under an edge, with snow from the tops down. */
type Rock = { lit: Colour; shade: Colour; snow: Colour | null; sunX: number; unit: number; contrast: number; seed: number };

export function paintLayer(canvas: Canvas, { ridge, top, bottom, depth, until, rock }: Layer): void {
  const { width } = canvas;
  const slope = steepness(ridge);
  const face = rock ? rockFace(ridge, rock, depth) : null;
  const first = Math.max(0, Math.floor(ridge.reduce((low, y) => Math.min(low, y), canvas.height)) - 1);
  const colour = { r: 0, g: 0, b: 0 };
  for (let y = first; y < Math.min(until, canvas.height); y++) {
    for (let x = 0; x < width; x++) {
      const below = y - (ridge[x] ?? 0);
      if (below < -3) continue;
      // Distance to a sloped edge is shorter than the vertical one: smooths steep sides too.
      const cover = clamp(0.5 + below / (slope[x] ?? 1));
      if (cover <= 0) continue;
      const t = clamp(below / depth);
      colour.r = top.r + (bottom.r - top.r) * t;
      colour.g = top.g + (bottom.g - top.g) * t;
      colour.b = top.b + (bottom.b - top.b) * t;
      if (face && below > 0) face(colour, x, y, below, t);
      put(canvas, x, y, colour, cover);
    }
  }
}

function steepness(ridge: Ridge): Float32Array {
  return ridge.map((y, x) => Math.hypot(1, Math.min(6, Math.abs((ridge[x + 1] ?? y) - (ridge[x - 1] ?? y)) / 2)));
}

type Mutable = { r: number; g: number; b: number };

function rockFace(ridge: Ridge, { lit, shade, snow, sunX, unit, contrast, seed }: Rock, depth: number) {
  const reach = Math.max(2, Math.round(unit * 0.012));
  const at = (x: number) => ridge[clamp(Math.round(x), 0, ridge.length - 1)] ?? 0;
  const lean = ridge.map((_, x) => (at(x + reach) - at(x - reach)) / (2 * reach));
  const highest = ridge.reduce((low, y) => Math.min(low, y), Infinity);
  const scale = 1 / unit;
  return (colour: Mutable, x: number, y: number, below: number, t: number) => {
    // A face keeps the slope of the edge above it and fans out on the way down.
    const wander = (noise(x * 22 * scale + seed, y * 15 * scale) - 0.5) * below * 1.1 + (noise(x * 70 * scale, y * 46 * scale + seed) - 0.5) * below * 0.4;
    const side = sunX > x ? 1 : -1;
    const slope = (lean[clamp(Math.round(x + wander), 0, lean.length - 1)] ?? 0) * side;
    const rough = fractal(x * 95 * scale + seed, (y * 60 + below * 12) * scale, 3) - 0.5;
    const light = clamp(0.5 - slope * 0.55 * -1 + rough * 1.1) * 2 - 1;
    const amount = contrast * (1 - t * 0.85) * Math.abs(light);
    const tone = light > 0 ? lit : shade;
    colour.r += (tone.r - colour.r) * amount;
    colour.g += (tone.g - colour.g) * amount;
    colour.b += (tone.b - colour.b) * amount;
    if (!snow) return;
    const line = highest + depth * 0.42 + rough * depth * 0.55 + (light > 0 ? depth * 0.05 : -depth * 0.05);
    const white = smooth(0.06, -0.03, (y - line) / depth) * (0.55 + 0.45 * clamp(light + 0.6));
    const dim = light > 0 ? 1 : 1 + light * 0.38;
    colour.r += (snow.r * dim - colour.r) * white;
    colour.g += (snow.g * dim - colour.g) * white;
    colour.b += (snow.b * dim + (1 - dim) * 0.12 - colour.b) * white;
  };
}
