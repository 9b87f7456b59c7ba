import { createCanvas, pixelAt, setPixel, type Canvas } from "../canvas/canvas.ts";
import { grain, noise, paperTexture } from "../canvas/noise.ts";
import { clamp, distance, luminance, mix, smooth } from "../colours/colour.ts";
import type { Scene } from "../scenes/scene.ts";

/** Redraws the image in the style of sumi ink: a few layers of thin black paint on warm paper, and the sun in vermilion. */
export function drawInk(canvas: Canvas, scene: Scene): Canvas {
  const { width, height, unit, sun, brief, time } = scene;
  const painted = createCanvas(width, height);
  const paper = { r: 0.952, g: 0.93, b: 0.878 };
  const black =
    brief.tints.length > 0 ? mix(scene.palette.near, scene.palette.accent, 0.25) : { r: 0.085, g: 0.085, b: 0.1 };
  const seal = { r: 0.78, g: 0.2, b: 0.13 };
  const offset = scene.random("ink")() * 200;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = x / unit;
      const v = y / unit;
      const bleed = (noise(u * 30 + offset, v * 30) - 0.5) * unit * 0.014;
      const { r, g, b } = pixelAt(canvas, x + bleed, y - bleed * 0.7);
      const night = time === "night" ? 0.62 : 1;
      const tone = luminance(r, g, b) ** night;
      const brush = (noise(u * 4 + offset, v * 26) - 0.5) * 0.14 + paperTexture(x, y) * 0.06;
      const dark = smooth(0.78, 0.05, tone + brush);
      // As with a dry brush, the texture of the paper is visible even in the darkest black.
      const dry = 0.1 * smooth(0.1, 0.4, paperTexture(x, y >> 2)) + grain(x, y) * 0.02;
      const amount = clamp(Math.round(dark * 5) * 0.1 + dark * 0.5 - dry) * 0.97;
      const edge = Math.min(u, v, (width - x) / unit, (height - y) / unit);
      const fade = edge > 0.16 ? 1 : smooth(0, 0.11, edge + (noise(u * 6, v * 6 + offset) - 0.5) * 0.08);
      setPixel(painted, x, y, mix(paper, black, amount * fade));
      const away = distance(x - sun.x, y - sun.y) / (sun.radius * 1.7);
      if (away < 1.02 && tone > 0.4) setPixel(painted, x, y, seal, smooth(1.02, 0.97, away) * (0.86 + dry));
    }
  }
  return painted;
}
