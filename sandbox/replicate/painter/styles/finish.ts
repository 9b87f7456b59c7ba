import type { Canvas } from "../canvas/canvas.ts";
import { grain } from "../canvas/noise.ts";
import { clamp } from "../colours/colour.ts";

export type FinishOptions = { grain: number; vignette: number; contrast: number; offset: number };

const FINE = 2047;

/** The last step of drawing: adds contrast, dark corners (a vignette) and grain, and converts to 8 bits per channel. */
export function finishImage({ width, height, data }: Canvas, options: FinishOptions): Uint8Array {
  const pixels = new Uint8Array(data.length);
  const shiftX = options.offset & 511;
  const shiftY = (options.offset >>> 9) & 511;
  const curve = Float32Array.from({ length: FINE + 1 }, (_, at) => {
    const value = at / FINE;
    return 255 * (value + (value * value * (3 - 2 * value) - value) * options.contrast);
  });
  // Grain is visible in the middle tones, and almost invisible in white and black.
  const amount = curve.map((value) => 255 * options.grain * (0.35 + 2.6 * (value / 255) * (1 - value / 255)));
  for (let y = 0; y < height; y++) {
    const v = (y / height - 0.5) * 2;
    for (let x = 0; x < width; x++) {
      const u = (x / width - 0.5) * 2;
      const edge = u * u + v * v;
      const dim = (1 - options.vignette * edge * edge * 0.25) * FINE;
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
