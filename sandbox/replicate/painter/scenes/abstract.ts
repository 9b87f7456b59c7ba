import { createCanvas, enlarge, setPixel, type Canvas } from "../canvas/canvas.ts";
import { fractal, noise } from "../canvas/noise.ts";
import { between, hash } from "../canvas/random.ts";
import { clamp, distance, gradient, mix, smooth } from "../colours/colour.ts";
import type { Scene } from "./scene.ts";

/** Draws poured paint or layers of cut paper. The prompt decides between the two, and the seed decides the shapes. */
export function drawAbstract(scene: Scene, prompt: string): Canvas {
  const canvas = createCanvas(scene.width, scene.height);
  if (hash(prompt) % 2 === 0) pour(canvas, scene);
  else cutPaper(canvas, scene);
  return canvas;
}

function pour(canvas: Canvas, scene: Scene): void {
  const { width, height, unit, palette } = scene;
  const random = scene.random("pour");
  const offset = between(random, 0, 200);
  const scale = between(random, 1.4, 2.2);
  const step = Math.max(1, Math.round(Math.max(width, height) / 512));
  const coarse = createCanvas(Math.ceil(width / step) + 2, Math.ceil(height / step) + 2);
  const inks = gradient([
    palette.near,
    palette.far,
    palette.middle,
    palette.accent,
    palette.low,
    palette.paper,
    palette.second,
    palette.top,
    palette.near,
  ]);
  let above = new Float32Array(coarse.width);
  for (let row = 0; row < coarse.height; row++) {
    const line = new Float32Array(coarse.width);
    for (let column = 0; column < coarse.width; column++) {
      const x = ((column * step) / unit) * scale;
      const y = ((row * step) / unit) * scale;
      const wideX = noise(x * 1.3 + offset, y * 1.3) * 2.6;
      const wideY = noise(x * 1.3, y * 1.3 + offset + 40) * 2.6;
      const value = fractal(x + wideX, y + wideY + offset, 4);
      line[column] = value;
      // The paint has ridges, and light falls on them from one side. A pixel is lighter if its `value` is higher than the value
      // of the pixel above it to the left, and darker if its `value` is lower.
      const relief = clamp((value - (above[Math.max(0, column - 1)] ?? value)) * 16, -0.45, 0.45);
      const ink = inks((value * 3.4 + noise(x * 0.5, y * 0.5 + offset) * 0.7) % 1);
      setPixel(
        coarse,
        column,
        row,
        relief > 0 ? mix(ink, palette.disc, relief * 0.8) : mix(ink, palette.near, -relief * 0.9),
      );
    }
    above = line;
  }
  enlarge(coarse, canvas, step);
}

function cutPaper(canvas: Canvas, scene: Scene): void {
  const { width, height, unit, palette, sun } = scene;
  const random = scene.random("layers");
  const papers = gradient([
    palette.low,
    palette.middle,
    palette.accent,
    palette.second,
    palette.far,
    palette.top,
    palette.near,
  ]);
  const count = 9;
  const turn = between(random, -0.5, 0.5);
  const offset = between(random, 0, 200);
  const waves = Array.from({ length: count }, (_, layer) => {
    const often = between(random, 3, 6);
    const phase = random() * 100;
    return Float32Array.from(
      { length: width },
      (_, x) => Math.sin(((x - width / 2) / unit) * often + phase) * 0.055 - (layer / count) * 1.15,
    );
  });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = (x - width / 2) / unit;
      const v = (y - height / 2) / unit;
      const ring = distance(x - sun.x, y - sun.y) / unit;
      const along = v * Math.cos(turn) + u * Math.sin(turn) + 0.5;
      const bend = noise(u * 1.4 + offset, v * 0.7 + offset) * 0.32 + ring * 0.12;
      let shade = 1;
      let top = 0;
      for (let layer = 1; layer < count; layer++) {
        const edge = along + bend + (waves[layer]?.[x] ?? 0);
        if (edge > 0) {
          top = layer;
          shade = 1;
        } else if (edge > -0.05) shade = Math.min(shade, 1 - 0.5 * smooth(-0.05, 0, edge));
      }
      const paper = papers(top / (count - 1));
      setPixel(canvas, x, y, { r: paper.r * shade, g: paper.g * shade, b: paper.b * shade });
    }
  }
}
