import { createRandom } from "./random.ts";

const SIDE = 256;
const random = createRandom("lattice");
const lattice = Float32Array.from({ length: SIDE * SIDE }, random);

/**
 * Smooth value noise, 0..1: random values at the points of a lattice (grid), blended between the points. The noise repeats every
 * 256 units.
 */
export function noise(x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const dx = x - left;
  const dy = y - top;
  const u = dx * dx * (3 - 2 * dx);
  const v = dy * dy * (3 - 2 * dy);
  const column = left & 255;
  const next = (left + 1) & 255;
  const row = (top & 255) << 8;
  const below = ((top + 1) & 255) << 8;
  const a = lattice[row | column] ?? 0;
  const b = lattice[row | next] ?? 0;
  const c = lattice[below | column] ?? 0;
  const d = lattice[below | next] ?? 0;
  const high = a + (b - a) * u;
  return high + (c + (d - c) * u - high) * v;
}

/**
 * The weighted sum of several layers of noise (octaves), 0..1. Each octave is finer than the one before. Each octave is also
 * rotated, so that the lattice is not visible.
 */
export function fractal(x: number, y: number, octaves: number): number {
  let sum = 0;
  let size = 0.5;
  let total = 0;
  for (let octave = 0; octave < octaves; octave++) {
    sum += noise(x, y) * size;
    total += size;
    size *= 0.5;
    const turned = 1.62 * x - 1.18 * y + 17.3;
    y = 1.18 * x + 1.62 * y + 9.1;
    x = turned;
  }
  return sum / total;
}

/** Noise with sharp crests and soft valleys, 0..1, for mountains, veins and smoke. */
export function ridged(x: number, y: number, octaves: number): number {
  let sum = 0;
  let size = 0.5;
  let total = 0;
  for (let octave = 0; octave < octaves; octave++) {
    sum += (1 - Math.abs(2 * noise(x, y) - 1)) * size;
    total += size;
    size *= 0.48;
    x = x * 2.07 + 31.7;
    y = y * 2.07 + 11.9;
  }
  return sum / total;
}

const GRAIN = 512;
const grains = Float32Array.from({ length: GRAIN * GRAIN }, () => random() + random() + random() + random() - 2);

/** Film grain: an independent value for each pixel, with a nearly normal distribution, a mean of 0, and mostly in -1..1. */
export function grain(x: number, y: number): number {
  return grains[((y & 511) << 9) | (x & 511)] ?? 0;
}

const fibres = Float32Array.from({ length: GRAIN * GRAIN }, (_, at) => noise((at & 511) * 0.5, (at >> 9) * 0.5) - 0.5);

/**
 * The texture of drawing paper, -0.5..0.5. The values come from a table and repeat, because computing noise for each pixel is
 * much slower.
 */
export function paperTexture(x: number, y: number): number {
  return fibres[((y & 511) << 9) | (x & 511)] ?? 0;
}
