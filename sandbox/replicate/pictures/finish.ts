import type { Canvas } from "./canvas.ts";
import { clamp } from "./colour.ts";
import { grain } from "./noise.ts";

export type Print = { grain: number; vignette: number; contrast: number; offset: number };

/** The darkroom's last step: a gentle film curve, a vignette and grain, then 8 bits. */
export function print({ width, height, data }: Canvas, print: Print): Uint8Array {
  const pixels = new Uint8Array(data.length);
  const shiftX = print.offset & 511;
  const shiftY = (print.offset >>> 9) & 511;
  for (let y = 0, at = 0; y < height; y++) {
    const v = (y / height - 0.5) * 2;
    for (let x = 0; x < width; x++) {
      const u = (x / width - 0.5) * 2;
      const edge = u * u + v * v;
      const dim = 1 - print.vignette * edge * edge * 0.25;
      const speck = grain(x + shiftX, y + shiftY) * print.grain;
      for (let channel = 0; channel < 3; channel++, at++) {
        const value = clamp((data[at] ?? 0) * dim);
        const curved = value + (value * value * (3 - 2 * value) - value) * print.contrast;
        // Grain sits in the middle tones: neither paper white nor full black shows it.
        pixels[at] = clamp(curved + speck * (0.35 + 2.6 * curved * (1 - curved))) * 255 + 0.5;
      }
    }
  }
  return pixels;
}
