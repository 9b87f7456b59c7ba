import sharp from "sharp";
import { setPixel, type Canvas } from "./canvas.ts";

/**
 * Draws SVG shapes over the canvas. Shapes contain only numbers and colours from this code, never text from a prompt, so
 * nothing needs escaping.
 */
export async function overlay(canvas: Canvas, shapes: readonly string[], blur = 0): Promise<void> {
  if (shapes.length === 0) return;
  const { width, height } = canvas;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join("")}</svg>`;
  const image = sharp(Buffer.from(svg)).ensureAlpha();
  const pixels = await (blur > 0.3 ? image.blur(blur) : image).raw().toBuffer();
  const colour = { r: 0, g: 0, b: 0 };
  for (let at = 0, pixel = 0; at < pixels.length; at += 4, pixel++) {
    const alpha = pixels[at + 3] ?? 0;
    if (alpha === 0) continue;
    colour.r = (pixels[at] ?? 0) / 255;
    colour.g = (pixels[at + 1] ?? 0) / 255;
    colour.b = (pixels[at + 2] ?? 0) / 255;
    setPixel(canvas, pixel % width, Math.floor(pixel / width), colour, alpha / 255);
  }
}

/** Rounds a number in an SVG path to a tenth of a px. This makes the SVG shorter, and the same on every machine. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Scales a shape, and moves its foot (the point on which it stands) from (0, 0) to (x, y). */
export function placeShape(shapes: string, x: number, y: number, scale: number, flip = false): string {
  return `<g transform="translate(${n(x)} ${n(y)}) scale(${(flip ? -scale : scale).toFixed(4)} ${scale.toFixed(4)})">${shapes}</g>`;
}
