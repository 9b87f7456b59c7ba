import { createCanvas, pixelAt, setPixel, type Canvas } from "../canvas/canvas.ts";
import { fractal, grain, noise, paperTexture } from "../canvas/noise.ts";
import { clamp, luminance, mix, smooth } from "../colours/colour.ts";
import type { Scene } from "../scenes/scene.ts";

const WASHES = 5;

/**
 * Redraws the image as a watercolor: thin layers of paint (washes) on rough paper. A wash has a blurred outline and a darker rim,
 * and ends before the edge of the paper.
 */
export function drawWatercolor(canvas: Canvas, scene: Scene): Canvas {
  const { width, height, unit } = scene;
  const paper = { r: 0.972, g: 0.958, b: 0.93 };
  const painted = createCanvas(width, height);
  const offset = scene.random("watercolor")() * 200;
  const bleed = unit * 0.02;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = x / unit;
      const v = y / unit;
      const wander = noise(u * 16 + offset, v * 16) - 0.5;
      const drift = noise(u * 55, v * 55 + offset) - 0.5;
      const { r, g, b } = pixelAt(canvas, x + (wander + drift * 0.5) * bleed, y + (drift - wander * 0.6) * bleed);
      const tone = luminance(r, g, b);
      const level = tone * WASHES + wander * 0.8;
      const within = level - Math.floor(level);
      const step = (Math.floor(level) + smooth(0.55, 1, within) * 0.8 + 0.3) / WASHES;
      // The colour is darker at the edge of a wash, because pigment collects there.
      const rim = smooth(0.16, 0.02, within) * 0.1;
      const pool = (noise(u * 5 + offset, v * 5 + offset) - 0.5) * 0.16;
      const fibre = grain(x, y) * 0.018 + paperTexture(x, y) * 0.07;
      const thick = clamp(0.9 + pool + fibre - step * 0.12 + rim * 2.4);
      const lift = (step - tone) * 0.55 - rim + 0.09;
      const wash = { r: clamp(r + lift), g: clamp(g + lift), b: clamp(b + lift) };
      const margin = Math.min(u, v, (width - x) / unit, (height - y) / unit);
      const torn = margin > 0.09 ? 0.05 : 0.035 + (fractal(u * 7 + offset, v * 7, 3) - 0.5) * 0.07;
      const cover = smooth(torn, torn + 0.006, margin);
      const dried = 1 - 0.22 * cover * smooth(torn + 0.016, torn + 0.004, margin);
      const ink = mix(paper, { r: wash.r * dried, g: wash.g * dried, b: wash.b * dried }, thick * cover);
      setPixel(painted, x, y, { r: ink.r + fibre * 0.3, g: ink.g + fibre * 0.3, b: ink.b + fibre * 0.3 });
    }
  }
  return painted;
}
