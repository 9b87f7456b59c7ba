import { pixelAt, setPixel, addLight, type Canvas } from "../canvas/canvas.ts";
import { noise } from "../canvas/noise.ts";
import { between } from "../canvas/random.ts";
import { clamp, smooth } from "../colours/colour.ts";
import type { Scene } from "../scenes/scene.ts";

/** Reflects the image above the row `surface` (px) in the water below it. `rough` is 0 for a pond and 1 for the open sea. */
export function paintWater(canvas: Canvas, scene: Scene, surface: number, rough: number): void {
  const { width, height, palette, sun, unit, time, brief, weather } = scene;
  const offset = between(scene.random("water"), 0, 200);
  const shining =
    time !== "day" &&
    weather !== "storm" &&
    weather !== "rain" &&
    !brief.unwanted.has(time === "night" ? "moon" : "sun");
  const colour = { r: 0, g: 0, b: 0 };
  for (let y = surface; y < height; y++) {
    const down = (y - surface) / Math.max(1, height - surface);
    const near = 1 / (down + 0.045);
    const swell = unit * (0.002 + down * (0.02 + rough * 0.075));
    const path = unit * (0.022 + down * (0.07 + rough * 0.12));
    for (let x = 0; x < width; x++) {
      const u = ((x - width / 2) / unit) * near * (1.5 + rough) + offset;
      const wave = noise(u * 1.3, near * 9 + offset) * 0.62 + noise(u * 3.6 + 40, near * 21 + offset) * 0.38 - 0.5;
      const source = pixelAt(
        canvas,
        x + wave * swell * 0.7,
        surface - 1 - Math.abs((y - surface) * 1.02 - wave * swell * 2.2),
      );
      // Near water has more of its own colour, and far water has more of the colour of the sky.
      const depth = clamp(0.16 + down * 0.5 + rough * 0.12 + wave * (0.3 + rough * 0.35));
      colour.r = source.r + (palette.water.r - source.r) * depth;
      colour.g = source.g + (palette.water.g - source.g) * depth;
      colour.b = source.b + (palette.water.b - source.b) * depth;
      setPixel(canvas, x, y, colour);
      if (!shining) continue;
      const off = (x - sun.x) / path;
      if (off > 2.2 || off < -2.2) continue;
      const sparkle = Math.exp(-off * off) * smooth(-0.02, 0.2, wave) * (1 - down * 0.55);
      if (sparkle > 0.01) addLight(canvas, x, y, palette.light, sparkle * 0.9);
    }
  }
}
