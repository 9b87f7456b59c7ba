import { fractal, noise, ridged } from "../canvas/noise.ts";
import { between, type Random } from "../canvas/random.ts";
import { smooth } from "../colours/colour.ts";

/** The height of the ground at x (to the right) and z (distance). `highest` is about the largest height. */
export type Relief = ((x: number, z: number) => number) & { readonly highest: number };

/** Returns a mountain range behind a valley. The highest peak is at `peak` (-0.5..0.5 across the image). */
export function createAlps(random: Random, peak: number, tall: number): Relief {
  const offset = between(random, 0, 200);
  const scale = between(random, 0.17, 0.24);
  const relief = (x: number, z: number) => {
    const bentX = x + (noise(x * 0.5 + offset, z * 0.5) - 0.5) * 0.9;
    const bentZ = z + (noise(x * 0.5, z * 0.5 + offset) - 0.5) * 0.9;
    const rock = ridged(bentX * scale + offset, bentZ * scale + offset, 5);
    const towards = (x / z) * 0.9 - peak;
    const main = Math.exp(-((towards / 0.26) ** 2)) * Math.exp(-(((z - 11) / 3.4) ** 2));
    const behind = smooth(4.5, 12, z) * 0.5;
    return (
      Math.max(0, (rock - 0.28) * 1.5) * (behind + main * 0.8) * tall +
      (rock * 0.35 + fractal(x, z, 2) * 0.2) * smooth(1.5, 5, z) * 0.5
    );
  };
  return Object.assign(relief, { highest: tall });
}

/**
 * Returns dunes. Each dune has a long slope on the side from which the wind blows, a sharp crest, and a short shaded slope behind
 * it.
 */
export function createDunes(random: Random): Relief {
  const offset = between(random, 0, 200);
  const lean = between(random, 0.35, 0.8) * (random() < 0.5 ? -1 : 1);
  const relief = (x: number, z: number) => {
    const warp = noise(x * 0.22 + offset, z * 0.22) * 2.6 + noise(x * 0.7, z * 0.5 + offset) * 0.45;
    const u = x * 0.36 * Math.sign(lean) + z * 0.3 * Math.abs(lean) + warp + offset;
    const t = u - Math.floor(u);
    const wave = t < 0.68 ? smooth(-0.25, 0.68, t) - 0.178 * (1 - t / 0.68) : 1 - smooth(0.68, 1, t);
    const size = 0.25 + 0.75 * noise(x * 0.16 + offset, z * 0.16 + 50);
    return wave * size * 0.62 * smooth(0.6, 3.2, z) * (1 + z * 0.085);
  };
  return Object.assign(relief, { highest: 1.4 });
}

export function createHills(random: Random, tall: number): Relief {
  const offset = between(random, 0, 200);
  const relief = (x: number, z: number) =>
    (fractal(x * 0.3 + offset, z * 0.36 + offset, 3) - 0.28) * tall * smooth(0.8, 6, z) * (0.5 + z * 0.09) +
    (fractal(x * 5, z * 5, 2) - 0.5) * 0.02;
  return Object.assign(relief, { highest: tall });
}

/** Returns a headland that extends into the water, from the left (if `side` is -1) or from the right (1). */
export function createHeadland(random: Random, side: number): Relief {
  const offset = between(random, 0, 200);
  const relief = (x: number, z: number) => {
    const out = (x / z) * side + (noise(z * 0.5 + offset, 3.3) - 0.5) * 0.35;
    const cliff = smooth(0.02, 0.3, out + (fractal(x * 0.8 + offset, z * 0.8, 3) - 0.5) * 0.3);
    return cliff * (1.0 + ridged(x * 0.5 + offset, z * 0.5, 5) * 1.3) * smooth(5, 9, z) - 0.02;
  };
  return Object.assign(relief, { highest: 2.2 });
}
