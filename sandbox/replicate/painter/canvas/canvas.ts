import { clamp, distance, type Colour } from "../colours/colour.ts";

/**
 * An image with three floats per pixel: red, green and blue, sRGB-encoded, 0..1. With only one byte per value, the sky would have
 * visible bands of colour.
 */
export type Canvas = { readonly width: number; readonly height: number; readonly data: Float32Array };

export function createCanvas(width: number, height: number): Canvas {
  return { width, height, data: new Float32Array(width * height * 3) };
}

/**
 * Sets the colour of a pixel. With an alpha below 1, blends the new colour with the old one. x and y must be integers inside the
 * canvas.
 */
export function setPixel({ width, data }: Canvas, x: number, y: number, { r, g, b }: Colour, alpha = 1): void {
  const at = (y * width + x) * 3;
  const red = data[at] ?? 0;
  const green = data[at + 1] ?? 0;
  const blue = data[at + 2] ?? 0;
  data[at] = red + (r - red) * alpha;
  data[at + 1] = green + (g - green) * alpha;
  data[at + 2] = blue + (b - blue) * alpha;
}

/** Adds light to a pixel. As on film, the brighter a pixel is, the less it changes. So no value becomes larger than 1. */
export function addLight({ width, data }: Canvas, x: number, y: number, { r, g, b }: Colour, amount: number): void {
  const at = (y * width + x) * 3;
  const red = data[at] ?? 0;
  const green = data[at + 1] ?? 0;
  const blue = data[at + 2] ?? 0;
  data[at] = red + (1 - red) * r * amount;
  data[at + 1] = green + (1 - green) * g * amount;
  data[at + 2] = blue + (1 - blue) * b * amount;
}

/** Returns the colour of the pixel that is nearest to the point (x, y). The point may be outside the canvas. */
export function pixelAt({ width, height, data }: Canvas, x: number, y: number): Colour {
  const at = (clamp(Math.round(y), 0, height - 1) * width + clamp(Math.round(x), 0, width - 1)) * 3;
  return { r: data[at] ?? 0, g: data[at + 1] ?? 0, b: data[at + 2] ?? 0 };
}

/** Enlarges `coarse`, which was painted `step` times smaller, and copies it to all rows of `canvas` above the row `until`. */
export function enlarge(coarse: Canvas, canvas: Canvas, step: number, until = canvas.height): void {
  const row = new Float32Array(coarse.width * 3);
  const { data } = coarse;
  let to = 0;
  for (let y = 0; y < until; y++) {
    const top = Math.floor(y / step);
    const v = y / step - top;
    const from = top * row.length;
    for (let at = 0; at < row.length; at++) {
      const high = data[from + at] ?? 0;
      row[at] = high + ((data[from + row.length + at] ?? 0) - high) * v;
    }
    for (let x = 0; x < canvas.width; x++, to += 3) {
      const left = Math.floor(x / step);
      const u = x / step - left;
      const at = left * 3;
      const r = row[at] ?? 0;
      const g = row[at + 1] ?? 0;
      const b = row[at + 2] ?? 0;
      canvas.data[to] = r + ((row[at + 3] ?? 0) - r) * u;
      canvas.data[to + 1] = g + ((row[at + 4] ?? 0) - g) * u;
      canvas.data[to + 2] = b + ((row[at + 5] ?? 0) - b) * u;
    }
  }
}

/** Adds a soft round light that ends after `reach` px. */
export function addGlow(canvas: Canvas, cx: number, cy: number, reach: number, colour: Colour, strength: number): void {
  const left = Math.max(0, Math.floor(cx - reach));
  const right = Math.min(canvas.width - 1, Math.ceil(cx + reach));
  const bottom = Math.min(canvas.height - 1, Math.ceil(cy + reach));
  for (let y = Math.max(0, Math.floor(cy - reach)); y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const away = 1 - distance(x - cx, y - cy) / reach;
      if (away > 0) addLight(canvas, x, y, colour, away * away * away * strength);
    }
  }
}
