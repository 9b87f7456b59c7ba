import { createCanvas, pixelAt, setPixel, type Canvas } from "../canvas/canvas.ts";
import { fractal } from "../canvas/noise.ts";
import { between, pick } from "../canvas/random.ts";
import { overlay } from "../canvas/svg-overlay.ts";
import { clamp, distance, mix, smooth } from "../colours/colour.ts";
import { drawLandscape } from "../landscape/landscape.ts";
import { drawBirds } from "../shapes/trees.ts";
import type { Scene } from "./scene.ts";

const FACE =
  "M-6 100C-4 84 -6 74 -14 66C-30 56 -40 38 -40 14C-40 -24 -14 -48 18 -46C42 -45 56 -30 58 -10C58 -3 57 2 59 7C62 14 68 20 70 25C71 28 68 30 64 31C64 34 66 36 66 39C66 41 64 42 63 43C65 45 65 47 63 49C62 52 62 55 61 59C59 66 50 67 40 65C36 65 33 69 33 76C34 88 42 96 62 104C84 112 96 126 100 150H-84C-78 124 -56 110 -30 106C-18 104 -8 104 -6 100Z";
const HAIR = {
  short: [
    "M-46 12C-50 -34 -14 -62 24 -56C46 -53 58 -40 60 -22C48 -30 38 -33 28 -30C18 -20 4 -18 -2 -2C-2 10 -6 20 -12 24C-16 40 -14 52 -16 66C-34 58 -44 38 -46 12Z",
    "M-42 14C-46 -20 -34 -46 -6 -55C20 -63 52 -54 60 -22C48 -32 34 -34 22 -28C14 -24 8 -16 2 -12C0 0 -6 8 -10 18C-16 30 -22 36 -30 38C-38 32 -41 24 -42 14Z",
  ],
  long: [
    "M-42 16C-46 -34 -12 -58 24 -54C46 -51 60 -36 58 -18C44 -28 30 -30 18 -22C8 -12 2 2 -6 10C-14 16 -20 26 -24 40C-32 44 -40 34 -42 16ZM-34 -34C-30 -50 -48 -64 -62 -54C-76 -44 -70 -20 -52 -18C-42 -18 -36 -24 -34 -34Z",
    "M-46 4C-48 -38 -10 -60 24 -56C48 -52 60 -38 60 -18C48 -28 34 -32 22 -24C10 -10 8 6 4 22C2 44 -2 66 -8 84C-14 104 -30 124 -56 126C-66 112 -54 94 -54 70C-54 46 -46 28 -46 4Z",
  ],
} as const;

/** Draws a double exposure: the outline of a head in profile, with a landscape inside. */
export async function drawPortrait(scene: Scene): Promise<Canvas> {
  const { width, height, unit, palette } = scene;
  const random = scene.random("portrait");
  const inside = await drawLandscape({
    ...scene,
    horizon: Math.round(height * between(random, 0.58, 0.68)),
    brief: { ...scene.brief, focus: null },
  });
  const flip = random() < 0.5 ? -1 : 1;
  const scale = (height / 212) * Math.min(1, (width / height) * 0.98) * between(random, 0.9, 1);
  const x = width / 2 - flip * unit * 0.04;
  const y = height - 148 * scale;
  const mask = createCanvas(width, height);
  const shape = (fill: string, path: string) => `<path fill="${fill}" d="${path}"/>`;
  const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${(scale * flip).toFixed(4)} ${scale.toFixed(4)})`;
  await overlay(mask, [
    `<g transform="${transform}">${shape("#f00", FACE)}${shape("#ff0", pick(random, scene.brief.focus === "woman" ? HAIR.long : HAIR.short))}</g>`,
  ]);
  const canvas = createCanvas(width, height);
  const paper = mix(palette.paper, palette.low, 0.35);
  const offset = random() * 200;
  const dark = mix(palette.near, palette.far, 0.2);
  for (let row = 0; row < height; row++) {
    const down = row / height;
    for (let column = 0; column < width; column++) {
      const { r: face, g: hair } = pixelAt(mask, column, row);
      // The lower edge of the head fades into the paper, as in a real double exposure.
      const ragged = down < 0.6 ? 0 : (fractal((column / unit) * 3 + offset, (row / unit) * 3, 3) - 0.5) * 0.34;
      const cover = face * smooth(1.1, 0.84, down + ragged);
      const light = distance(column / width - 0.5 - flip * 0.25, down - 0.35);
      if (cover < 1) setPixel(canvas, column, row, mix(paper, palette.haze, clamp(light * 0.55)));
      if (cover <= 0.01) continue;
      const shade = (0.25 + hair * 0.05 + 0.2 * down) * 0.85;
      setPixel(canvas, column, row, mix(pixelAt(inside, column, row), dark, shade), cover);
    }
  }
  await overlay(canvas, [
    drawBirds(width * (flip > 0 ? 0.08 : 0.68), height * between(random, 0.14, 0.3), unit, palette.near, random),
  ]);
  return canvas;
}
