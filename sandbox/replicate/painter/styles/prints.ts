import { createCanvas, pixelAt, setPixel, type Canvas } from "../canvas/canvas.ts";
import { grain, noise, paperTexture } from "../canvas/noise.ts";
import { clamp, distance, gradient, luminance, mix, smooth } from "../colours/colour.ts";
import type { Scene } from "../scenes/scene.ts";

/** Redraws the image as a screen print: seven inks from the palette, dots where two inks meet, and a border of paper. */
export function drawPoster(canvas: Canvas, scene: Scene): Canvas {
  const { width, height, unit, palette } = scene;
  const painted = createCanvas(width, height);
  const inks = 7;
  const dot = Math.max(2, unit * 0.0062);
  const border = unit * 0.045;
  const scale = gradient([
    palette.near,
    mix(palette.near, palette.far, 0.6),
    palette.far,
    palette.accent,
    palette.middle,
    palette.low,
    palette.light,
  ]);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const source = pixelAt(canvas, x, y);
      const tone = luminance(source.r, source.g, source.b);
      const screenX = (x + y) / (dot * 1.414);
      const screenY = (x - y) / (dot * 1.414);
      const raster = Math.sin(screenX * Math.PI) * Math.sin(screenY * Math.PI) * 0.2;
      const level = clamp(Math.round(tone * (inks - 1) + raster), 0, inks - 1) / (inks - 1);
      const own = { r: Math.round(source.r * 6) / 6, g: Math.round(source.g * 6) / 6, b: Math.round(source.b * 6) / 6 };
      const worn = 1 - 0.1 * smooth(0.28, 0.45, paperTexture(x, y)) + grain(x, y) * 0.012;
      const inside = Math.min(x, y, width - 1 - x, height - 1 - y) - border;
      setPixel(painted, x, y, mix(palette.paper, mix(scale(level), own, 0.65), clamp(inside + 0.5) * worn));
    }
  }
  return painted;
}

const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5] as const;

/** Redraws the image with big square pixels, few levels per channel and an ordered dither. */
export function drawPixelArt(canvas: Canvas, { width, height, unit }: Scene): Canvas {
  const painted = createCanvas(width, height);
  const size = Math.max(2, Math.round(unit / 150));
  const levels = 7;
  const quantise = (value: number, threshold: number) =>
    Math.round(clamp(value * levels + threshold, 0, levels)) / levels;
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / size);
    for (let x = 0; x < width; x++) {
      const column = Math.floor(x / size);
      const { r, g, b } = pixelAt(canvas, (column + 0.5) * size, (row + 0.5) * size);
      const threshold = ((BAYER[(row & 3) * 4 + (column & 3)] ?? 0) / 16 - 0.47) * 0.75;
      setPixel(painted, x, y, {
        r: quantise(r * 1.04, threshold),
        g: quantise(g * 1.04, threshold),
        b: quantise(b * 1.04, threshold),
      });
    }
  }
  return painted;
}

/** Redraws the image as an engraving: contours, and hatching that is denser in dark areas. */
export function drawLineArt(canvas: Canvas, scene: Scene): Canvas {
  const { width, height, unit, palette, brief, time } = scene;
  const painted = createCanvas(width, height);
  const paper = { r: 0.965, g: 0.955, b: 0.93 };
  const pen = brief.tints.length > 0 ? mix(palette.accent, palette.near, 0.45) : { r: 0.1, g: 0.11, b: 0.15 };
  const gap = Math.max(3, unit * 0.0072);
  const reach = Math.max(1, Math.round(unit * 0.0014));
  const lift = time === "night" ? 0.5 : 0.85;
  const tones = Float32Array.from(
    { length: width * height },
    (_, at) => luminance(canvas.data[at * 3] ?? 0, canvas.data[at * 3 + 1] ?? 0, canvas.data[at * 3 + 2] ?? 0) ** lift,
  );
  const line = (at: number, weight: number) => smooth(weight, weight * 0.55, Math.abs(((at / gap) % 1) - 0.5) * 2);
  const toneAt = (x: number, y: number) => tones[clamp(y, 0, height - 1) * width + clamp(x, 0, width - 1)] ?? 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const tone = toneAt(x, y);
      const across = toneAt(x + reach, y) - toneAt(x - reach, y);
      const down = toneAt(x, y + reach) - toneAt(x, y - reach);
      const edge = distance(across, down);
      const wobble = (noise((x / unit) * 9, (y / unit) * 9) - 0.5) * gap * 2.4;
      let mark = smooth(0.07, 0.2, edge);
      if (tone < 0.86) mark = Math.max(mark, line(x * 0.3 + y * 0.95 + wobble + 9999, smooth(0.86, 0.15, tone) * 0.85));
      if (tone < 0.5) mark = Math.max(mark, line(x * 0.9 - y * 0.45 + wobble + 9999, smooth(0.5, 0.08, tone) * 0.75));
      if (tone < 0.24) mark = Math.max(mark, line(x * 0.95 + y * 0.3 + wobble + 9999, smooth(0.24, 0.02, tone) * 0.8));
      setPixel(painted, x, y, mix(paper, pen, clamp(mark * 0.92)));
    }
  }
  return painted;
}
