import { fractal, noise } from "../canvas/noise.ts";
import { between, type Random } from "../canvas/random.ts";
import { clamp } from "../colours/colour.ts";

/** The upper edge of a layer: for each column, how many px it is below the top of the image. */
export type HillLine = Float32Array;
type Line = {
  width: number;
  /** The lower end of the ridge, in px from the top of the image */
  base: number;
  /** The height of the ridge: px from its lower end to the highest point */
  tall: number;
  /** The number of hills across the image */
  tops: number;
  random: Random;
  /** The position of the highest point, 0..1 across the image */
  peak?: number;
};

export function drawHillLine({ width, base, tall, tops, random, peak }: Line): HillLine {
  const offset = between(random, 0, 250);
  const row = between(random, 0, 250);
  return Float32Array.from({ length: width }, (_, x) => {
    const at = x / width;
    const t = at * tops + offset;
    const envelope = peak === undefined ? 1 : 0.35 + 0.65 * Math.exp(-(((at - peak) / 0.2) ** 2));
    return base - tall * envelope * fractal(t, row, 4);
  });
}

/**
 * Adds groups of conifers to a ridge. In each column, the new ridge is the top of the trees, or the ground if no tree is higher.
 */
export function growConifers(ridge: HillLine, tall: number, density: number, random: Random): HillLine {
  const grown = Float32Array.from(ridge);
  const count = Math.round((ridge.length / tall) * density);
  const offset = random() * 200;
  for (let tree = 0; tree < count; tree++) {
    const cx = random() * ridge.length;
    const clump = fractal(cx / (tall * 3) + offset, 0.5, 2);
    const size = tall * between(random, 0.4, 0.85) * (0.45 + clump * 1.1);
    const half = size * between(random, 0.11, 0.16);
    const tiers = between(random, 9, 15);
    const lean = random() * 50;
    const foot = ridge[Math.round(clamp(cx, 0, ridge.length - 1))] ?? 0;
    for (let x = Math.max(0, Math.ceil(cx - half)); x <= Math.min(ridge.length - 1, cx + half); x++) {
      const out = Math.abs(x - cx) / half;
      // The branches of a conifer form tiers, so the outline of the tree has steps.
      const step = (out * tiers * 0.6 + noise(x * 0.45, lean)) % 1;
      const top = size * (1 - out) ** 1.15 + (size / tiers) * (step - 0.5) * 0.9;
      const y = foot + size * 0.05 - Math.max(0, top);
      if (y < (grown[x] ?? 0)) grown[x] = y;
    }
  }
  return grown;
}
