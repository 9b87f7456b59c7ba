import { clamp, smooth } from "./colour.ts";
import { fractal, noise, ridged } from "./noise.ts";
import { between, type Random } from "./random.ts";

/** The upper edge of a layer: for each column, px from the top. */
export type Ridge = Float32Array;
export type RidgeKind = "alpine" | "hills" | "dunes" | "mesa" | "cliff";

type Line = {
  kind: RidgeKind;
  width: number;
  /** px from the top of the ridge's foot */
  base: number;
  /** px from foot to the highest top */
  tall: number;
  /** tops across the picture */
  tops: number;
  random: Random;
  /** 0..1 across the picture, where the highest top stands */
  peak?: number;
};

export function drawRidge({ kind, width, base, tall, tops, random, peak }: Line): Ridge {
  const offset = between(random, 0, 250);
  const row = between(random, 0, 250);
  return Float32Array.from({ length: width }, (_, x) => {
    const at = x / width;
    const t = at * tops + offset;
    const envelope = peak === undefined ? 1 : 0.35 + 0.65 * Math.exp(-(((at - peak) / 0.2) ** 2));
    return base - tall * envelope * rise(kind, t, row);
  });
}

/** 0..1 */
function rise(kind: RidgeKind, t: number, row: number): number {
  if (kind === "alpine") return clamp(ridged(t, row, 7) * 1.25 - 0.28 + (fractal(t * 22, row, 3) - 0.5) * 0.05);
  if (kind === "dunes") return clamp((1 - Math.abs(2 * noise(t + noise(t * 0.7, row) * 0.8, row) - 1)) * 0.85 + noise(t * 0.5, row + 9) * 0.25);
  if (kind === "mesa") {
    const rock = fractal(t, row, 3);
    return smooth(0.47, 0.52, rock) * 0.62 + smooth(0.58, 0.61, rock) * 0.3 + fractal(t * 9, row, 3) * 0.1;
  }
  if (kind === "cliff") return smooth(0.42, 0.6, fractal(t, row, 2)) * 0.8 + fractal(t * 8, row, 4) * 0.2;
  return fractal(t, row, 4);
}

/** Grows conifers on a ridge: the taller of the ground and each tree's jagged cone. */
export function growConifers(ridge: Ridge, tall: number, density: number, random: Random): Ridge {
  const grown = Float32Array.from(ridge);
  const count = Math.round((ridge.length / tall) * density);
  for (let tree = 0; tree < count; tree++) {
    const cx = random() * ridge.length;
    const size = tall * between(random, 0.45, 1.1);
    const half = size * between(random, 0.16, 0.23);
    const tiers = between(random, 7, 11);
    const lean = random() * 50;
    const foot = ridge[Math.round(clamp(cx, 0, ridge.length - 1))] ?? 0;
    for (let x = Math.max(0, Math.ceil(cx - half)); x <= Math.min(ridge.length - 1, cx + half); x++) {
      const out = Math.abs(x - cx) / half;
      // Branches: each tier hangs, so the outline steps instead of running straight to the tip.
      const step = (out * tiers + noise(x * 0.35, lean) * 0.5) % 1;
      const top = size * (1 - out) ** 0.92 + (size / tiers) * (step - 0.5) * 0.55;
      const y = foot + size * 0.04 - Math.max(0, top);
      if (y < (grown[x] ?? 0)) grown[x] = y;
    }
  }
  return grown;
}
