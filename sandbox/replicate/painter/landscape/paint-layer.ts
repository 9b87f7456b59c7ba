import { setPixel, type Canvas } from "../canvas/canvas.ts";
import { clamp, smooth, type Colour } from "../colours/colour.ts";
import type { HillLine } from "./hill-lines.ts";

export type Layer = {
  ridge: HillLine;
  /** The ridge without its trees. `lift` and `depth` are measured from this line. */
  ground?: HillLine;
  /**
   * The colour changes from `top` to `bottom`, which is the colour of the mist in the valley. The change begins at the line
   * `lift` px above `ground`, and ends `depth` px below that line.
   */
  top: Colour;
  bottom: Colour;
  depth: number;
  lift?: number;
  /** The layer is painted down to this row (px). */
  until: number;
};

/** Paints the area below a ridge. */
export function paintLayer(
  canvas: Canvas,
  { ridge, ground = ridge, top, bottom, depth, lift = 0, until }: Layer,
): void {
  const { width } = canvas;
  const slope = ridge.map((y, x) =>
    Math.hypot(1, Math.min(5.9, Math.abs((ridge[x + 1] ?? y) - (ridge[x - 1] ?? y)) / 2)),
  );
  const first = Math.max(0, Math.floor(ridge.reduce((low, y) => Math.min(low, y), canvas.height)) - 1);
  const colour = { r: 0, g: 0, b: 0 };
  for (let y = first; y < Math.min(until, canvas.height); y++) {
    for (let x = 0; x < width; x++) {
      const below = y - (ridge[x] ?? 0);
      if (below < -3) continue;
      // `cover` is the share of the pixel that the layer covers, so that the edge is smooth. It depends on the distance of the
      // pixel from the edge. At a steep edge, this distance is shorter than the vertical distance `below`, so `below` is divided
      // by the slope.
      const cover = below > 3 ? 1 : clamp(0.5 + below / (slope[x] ?? 1));
      if (cover <= 0) continue;
      const t = smooth(0, depth, y - (ground[x] ?? 0) + lift);
      colour.r = top.r + (bottom.r - top.r) * t;
      colour.g = top.g + (bottom.g - top.g) * t;
      colour.b = top.b + (bottom.b - top.b) * t;
      setPixel(canvas, x, y, colour, cover);
    }
  }
}
