import type { Canvas } from "../canvas/canvas.ts";
import { clamp } from "../colours/colour.ts";
import { grain } from "../canvas/noise.ts";

export type Print = { grain: number; vignette: number; contrast: number; offset: number };

const FINE = 2047;

/** The darkroom's last step: a gentle film curve, a vignette and grain, then 8 bits. */
export function print({ width, height, data }: Canvas, print: Print): Uint8Array {
  const pixels = new Uint8Array(data.length);
  const shiftX = print.offset & 511;
  const shiftY = (print.offset >>> 9) & 511;
  const curve = Float32Array.from({ length: FINE + 1 }, (_, at) => {
    const value = at / FINE;
    return 255 * (value + (value * value * (3 - 2 * value) - value) * print.contrast);
  });
  // Grain sits in the middle tones: neither paper white nor full black shows it.
  const amount = curve.map((value) => 255 * print.grain * (0.35 + 2.6 * (value / 255) * (1 - value / 255)));
  for (let y = 0; y < height; y++) {
    const v = (y / height - 0.5) * 2;
    for (let x = 0; x < width; x++) {
      const u = (x / width - 0.5) * 2;
      const edge = u * u + v * v;
      const dim = (1 - print.vignette * edge * edge * 0.25) * FINE;
      const speck = grain(x + shiftX, y + shiftY);
      const at = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const tone = clamp((data[at + channel] ?? 0) * dim, 0, FINE) | 0;
        const value = (curve[tone] ?? 0) + speck * (amount[tone] ?? 0) + 0.5;
        pixels[at + channel] = value < 0 ? 0 : value > 255 ? 255 : value;
      }
    }
  }
  return pixels;
}
