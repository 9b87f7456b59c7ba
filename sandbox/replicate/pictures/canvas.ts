import { clamp, type Colour } from "./colour.ts";

/** Three floats a pixel, sRGB-encoded, 0..1; floats so that skies do not band before the grain is added. */
export type Canvas = { readonly width: number; readonly height: number; readonly data: Float32Array };

export function createCanvas(width: number, height: number): Canvas {
  return { width, height, data: new Float32Array(width * height * 3) };
}

/** Sets a pixel (0 < alpha < 1 blends). The caller keeps x and y whole and inside. */
export function put({ width, data }: Canvas, x: number, y: number, { r, g, b }: Colour, alpha = 1): void {
  const at = (y * width + x) * 3;
  const red = data[at] ?? 0;
  const green = data[at + 1] ?? 0;
  const blue = data[at + 2] ?? 0;
  data[at] = red + (r - red) * alpha;
  data[at + 1] = green + (g - green) * alpha;
  data[at + 2] = blue + (b - blue) * alpha;
}

/** Adds light the way film does: bright places saturate instead of clipping. */
export function screen({ width, data }: Canvas, x: number, y: number, { r, g, b }: Colour, amount: number): void {
  const at = (y * width + x) * 3;
  const red = data[at] ?? 0;
  const green = data[at + 1] ?? 0;
  const blue = data[at + 2] ?? 0;
  data[at] = red + (1 - red) * r * amount;
  data[at + 1] = green + (1 - green) * g * amount;
  data[at + 2] = blue + (1 - blue) * b * amount;
}

/** The nearest pixel's colour; outside the canvas, the edge's. */
export function look({ width, height, data }: Canvas, x: number, y: number): Colour {
  const at = (clamp(Math.round(y), 0, height - 1) * width + clamp(Math.round(x), 0, width - 1)) * 3;
  return { r: data[at] ?? 0, g: data[at + 1] ?? 0, b: data[at + 2] ?? 0 };
}

/** Fills rows 0..until of the canvas from one painted at 1/step of its size. */
export function enlarge(coarse: Canvas, canvas: Canvas, step: number, until = canvas.height): void {
  const { data, width } = coarse;
  for (let y = 0; y < until; y++) {
    const top = Math.floor(y / step);
    const v = y / step - top;
    for (let x = 0; x < canvas.width; x++) {
      const left = Math.floor(x / step);
      const u = x / step - left;
      const a = (top * width + left) * 3;
      const c = a + width * 3;
      const to = (y * canvas.width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const high = (data[a + channel] ?? 0) * (1 - u) + (data[a + 3 + channel] ?? 0) * u;
        const low = (data[c + channel] ?? 0) * (1 - u) + (data[c + 3 + channel] ?? 0) * u;
        canvas.data[to + channel] = high + (low - high) * v;
      }
    }
  }
}

/** Lights a soft disc: `reach` px until it is gone. */
export function glow(canvas: Canvas, cx: number, cy: number, reach: number, colour: Colour, strength: number): void {
  const left = Math.max(0, Math.floor(cx - reach));
  const right = Math.min(canvas.width - 1, Math.ceil(cx + reach));
  const bottom = Math.min(canvas.height - 1, Math.ceil(cy + reach));
  for (let y = Math.max(0, Math.floor(cy - reach)); y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const away = 1 - Math.hypot(x - cx, y - cy) / reach;
      if (away > 0) screen(canvas, x, y, colour, away * away * away * strength);
    }
  }
}
