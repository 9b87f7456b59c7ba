import { setPixel, addLight, type Canvas } from "../canvas/canvas.ts";
import { fractal } from "../canvas/noise.ts";
import { between } from "../canvas/random.ts";
import { distance, smooth } from "../colours/colour.ts";
import type { Scene } from "../scenes/scene.ts";

/** Paints rain or snow in front of the land. */
export function paintWeather(canvas: Canvas, scene: Scene): void {
  const { weather } = scene;
  if (weather === "rain" || weather === "storm") paintRain(canvas, scene, weather === "rain" ? 1 : 0.45);
  if (weather === "snow") paintSnow(canvas, scene);
}

function paintRain(canvas: Canvas, scene: Scene, amount: number): void {
  const { width, height, unit, palette } = scene;
  const random = scene.random("rain");
  const lean = between(random, -0.3, 0.3);
  for (let drop = 0; drop < 1500 * amount; drop++) {
    const near = random() ** 2;
    const x = random() * width * 1.3 - width * 0.15;
    const y = random() * height;
    const length = unit * (0.015 + near * 0.06);
    for (let along = 0; along < length; along++) {
      const column = Math.round(x + along * lean);
      const row = Math.round(y + along);
      if (column < 0 || column >= width || row >= height) continue;
      addLight(canvas, column, row, palette.haze, (0.1 + near * 0.22) * Math.sin((along / length) * Math.PI));
    }
  }
}

function paintSnow(canvas: Canvas, scene: Scene): void {
  const { width, height, unit, palette } = scene;
  const random = scene.random("snow");
  for (let flake = 0; flake < 900; flake++) {
    const near = random() ** 5;
    const cx = random() * width;
    const cy = random() * height;
    const radius = unit * (0.0014 + near * 0.009);
    const light = 0.75 - near * 0.35;
    for (let y = Math.max(0, Math.floor(cy - radius)); y <= Math.min(height - 1, cy + radius); y++) {
      for (let x = Math.max(0, Math.floor(cx - radius)); x <= Math.min(width - 1, cx + radius); x++) {
        const away = distance(x - cx, y - cy) / radius;
        if (away < 1) setPixel(canvas, x, y, palette.snow, light * smooth(1, 0.35, away));
      }
    }
  }
}

/** In fog, paints mist over the far ground. The foreground must be painted after this call, so that it is not in the mist. */
export function paintFog(canvas: Canvas, scene: Scene): void {
  const { width, height, horizon, unit, palette, weather } = scene;
  if (weather !== "fog") return;
  const offset = scene.random("fog")() * 200;
  const middle = (horizon + height * 0.08) / height;
  for (let y = 0; y < height; y++) {
    const bank = Math.exp(-(((y / height - middle) / 0.16) ** 2));
    if (bank < 0.02) continue;
    for (let x = 0; x < width; x++) {
      const wisp = fractal((x / unit) * 1.6 + offset, (y / unit) * 5 + offset, 3);
      setPixel(canvas, x, y, palette.haze, bank * (0.25 + 0.75 * smooth(0.3, 0.7, wisp)) * 0.8);
    }
  }
}
