import { createCanvas, pixelAt, setPixel, type Canvas } from "../canvas/canvas.ts";
import { noise } from "../canvas/noise.ts";
import { between } from "../canvas/random.ts";
import { clamp, distance, luminance } from "../colours/colour.ts";
import type { Scene } from "../scenes/scene.ts";

/**
 * Redraws the image with brush strokes that follow its edges. `size` is the width of a stroke, as a share of the image's shorter
 * side.
 */
export function drawOil(canvas: Canvas, scene: Scene, size: number, strength: number): Canvas {
  const { width, height, unit } = scene;
  const painted = createCanvas(width, height);
  painted.data.set(canvas.data);
  const random = scene.random("oil");
  const thick = Math.max(2, unit * size);
  const long = thick * 4.2;
  const count = Math.round(((width * height) / (thick * long)) * 2.1);
  const offset = random() * 200;
  for (let stroke = 0; stroke < count; stroke++) {
    const cx = random() * width;
    const cy = random() * height;
    const angle = edgeAngle(canvas, cx, cy, thick) ?? (noise((cx / unit) * 2.6 + offset, (cy / unit) * 2.6) - 0.5) * 3;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const { r, g, b } = pixelAt(canvas, cx, cy);
    const light = between(random, -0.05, 0.05);
    const half = (long / 2) * between(random, 0.6, 1.1);
    const wide = (thick / 2) * between(random, 0.6, 1.2);
    const reach = half + wide;
    const bristle = random() * 200;
    const colour = { r: 0, g: 0, b: 0 };
    for (let y = Math.max(0, Math.ceil(cy - reach)); y < Math.min(height, cy + reach); y++) {
      for (let x = Math.max(0, Math.ceil(cx - reach)); x < Math.min(width, cx + reach); x++) {
        const along = ((x - cx) * cos + (y - cy) * sin) / half;
        const across = ((y - cy) * cos - (x - cx) * sin) / wide;
        if (along * along + across * across * across * across > 1 || across > 1 || across < -1) continue;
        const hair = noise(across * 5 + bristle, along * 1.6 + bristle) - 0.5;
        // The bristles of the brush leave ridges in the wet paint. One side of a ridge is lighter.
        const lit = light + hair * 0.15 - across * 0.025;
        colour.r = clamp(r + lit);
        colour.g = clamp(g + lit);
        colour.b = clamp(b + lit);
        setPixel(
          painted,
          x,
          y,
          colour,
          strength * clamp((1 - Math.abs(along)) * 5) * clamp(1.15 + hair - Math.abs(across) * 0.4),
        );
      }
    }
  }
  return painted;
}

/** Returns the direction of the edge between light and dark at this point, or null if there is no edge. */
function edgeAngle(canvas: Canvas, x: number, y: number, reach: number): number | null {
  const tone = (dx: number, dy: number) => {
    const { r, g, b } = pixelAt(canvas, x + dx, y + dy);
    return luminance(r, g, b);
  };
  const across = tone(reach, 0) - tone(-reach, 0);
  const down = tone(0, reach) - tone(0, -reach);
  return distance(across, down) > 0.03 ? Math.atan2(across, -down) : null;
}
