import { setPixel, type Canvas } from "../canvas/canvas.ts";
import { grain } from "../canvas/noise.ts";
import { between } from "../canvas/random.ts";
import { clamp, mix, smooth, type Colour } from "../colours/colour.ts";
import type { Scene } from "../scenes/scene.ts";
import type { Relief } from "./mountains-and-dunes.ts";

const STEPS = 170;
const EVERY = 2;
const EYE = 0.5;
const LENS = 0.9;

type Mutable = { r: number; g: number; b: number };

type Ground = {
  relief: Relief;
  /**
   * The distances from the viewer at which the ground begins and ends. The unit is twice the height of the viewer's eyes above
   * the ground.
   */
  near: number;
  far: number;
  /** Nothing is drawn below this row (px). */
  until: number;
  flat: Colour;
  steep: Colour;
  snow: Colour | null;
  /** The share of a colour (0..1) that is visible at the distance `far`. The rest is haze. */
  clear: number;
};

/** Paints the ground as a standing person sees it, from far to near. The light comes from the side on which the sun is. */
export function paintTerrain(canvas: Canvas, scene: Scene, ground: Ground): void {
  const { width, height, horizon } = scene;
  const columns = Math.ceil(width / EVERY) + 2;
  const tops = new Float32Array(columns * STEPS);
  const colours = new Float32Array(columns * STEPS * 3);
  surveyGround(scene, ground, columns, tops, colours);
  const top = { r: 0, g: 0, b: 0 };
  const foot = { r: 0, g: 0, b: 0 };
  const colour = { r: 0, g: 0, b: 0 };
  const bottom = Math.min(ground.until, height);
  for (let x = 0; x < width; x++) {
    const left = Math.floor(x / EVERY);
    const u = x / EVERY - left;
    let yTop = horizon;
    for (let step = STEPS - 1; step >= 0; step--) {
      const at = step * columns + left;
      const y = (tops[at] ?? 0) * (1 - u) + (tops[at + 1] ?? 0) * u;
      readColour(colours, at * 3, u, foot);
      // Only slopes that face the viewer are drawn. A near hill is painted over the farther hills that it hides.
      if (step < STEPS - 1 && y > yTop) {
        const first = Math.floor(yTop);
        const last = step === 0 ? bottom - 1 : Math.min(bottom - 1, Math.floor(y));
        for (let row = Math.max(0, first); row <= last; row++) {
          const t = clamp((row - yTop) / (y - yTop));
          const speck = 1 + grain(x, row) * 0.035;
          colour.r = (top.r + (foot.r - top.r) * t) * speck;
          colour.g = (top.g + (foot.g - top.g) * t) * speck;
          colour.b = (top.b + (foot.b - top.b) * t) * speck;
          setPixel(canvas, x, row, colour, row === first ? 1 - (yTop - first) : 1);
        }
      }
      yTop = y;
      top.r = foot.r;
      top.g = foot.g;
      top.b = foot.b;
    }
  }
}

function readColour(colours: Float32Array, at: number, u: number, into: Mutable): void {
  into.r = (colours[at] ?? 0) * (1 - u) + (colours[at + 3] ?? 0) * u;
  into.g = (colours[at + 1] ?? 0) * (1 - u) + (colours[at + 4] ?? 0) * u;
  into.b = (colours[at + 2] ?? 0) * (1 - u) + (colours[at + 5] ?? 0) * u;
}

/**
 * Computes the height of the ground at the points of a grid, whose rows have growing distances from the viewer. Then computes the
 * row in the image (`tops`) and the colour of each point.
 */
function surveyGround(scene: Scene, ground: Ground, columns: number, tops: Float32Array, colours: Float32Array): void {
  const { width, height, horizon, sun, palette, time } = scene;
  const { relief, near, far, flat, steep, snow } = ground;
  const heights = new Float32Array(columns * STEPS);
  const reach = (step: number) => near * (far / near) ** (step / (STEPS - 1));
  const aside = (column: number) => (column * EVERY - width / 2) / (height * LENS);
  for (let step = 0; step < STEPS; step++) {
    const z = reach(step);
    for (let column = 0; column < columns; column++) heights[step * columns + column] = relief(aside(column) * z, z);
  }
  const side = sun.x > width / 2 ? 1 : -1;
  const seedShift = between(scene.random("snow line"), -0.12, 0.12);
  const shadow = mix(palette.near, palette.cloudShade, time === "day" ? 0.55 : 0.3);
  const lit = time === "night" ? 0.25 : 0.6;
  const seen = { r: 0, g: 0, b: 0 };
  for (let step = 0; step < STEPS; step++) {
    const z = reach(step);
    const dz = reach(Math.min(STEPS - 1, step + 1)) - z || z - reach(step - 1);
    const haze = (1 - ground.clear) * smooth(near * 0.6, far, z) ** 0.8;
    for (let column = 0; column < columns; column++) {
      const at = step * columns + column;
      const h = heights[at] ?? 0;
      const acrossStep = (aside(column + 1) - aside(column)) * z;
      const across = column < columns - 1 ? ((heights[at + 1] ?? h) - h) / acrossStep : 0;
      const deeper = step < STEPS - 1 ? ((heights[at + columns] ?? h) - h) / dz : 0;
      const tilt = 1 / Math.sqrt(1 + across * across + deeper * deeper);
      // The light comes from the side on which the sun is, and a little from above and from behind the viewer.
      const light = clamp((-across * side * 0.72 - deeper * -0.18 + 0.5) * tilt * 0.95);
      tops[at] = horizon + ((EYE - h) / z) * height * LENS;
      const bare = smooth(0.62, 0.9, tilt);
      const white = snow ? smooth(0.38, 0.72, h / relief.highest + seedShift + (tilt - 0.5) * 0.55) : 0;
      const valley = (1 - smooth(0, relief.highest * 0.45, h)) * 0.3 * (1 - ground.clear);
      setColour(seen, steep);
      mixInto(seen, flat, bare);
      if (snow) mixInto(seen, snow, white);
      mixInto(seen, shadow, (0.72 - white * 0.22) * (1 - Math.min(1, light * 1.5)));
      mixInto(seen, palette.light, Math.max(0, light - 0.45) * lit * (0.6 + white * 0.5));
      mixInto(seen, palette.haze, clamp(haze + valley * smooth(near * 2, far, z)));
      colours[at * 3] = seen.r;
      colours[at * 3 + 1] = seen.g;
      colours[at * 3 + 2] = seen.b;
    }
  }
}

// These functions change an existing colour object, because creating hundreds of thousands of objects would take longer than the
// drawing.
function setColour(colour: Mutable, { r, g, b }: Colour): void {
  colour.r = r;
  colour.g = g;
  colour.b = b;
}

function mixInto(colour: Mutable, { r, g, b }: Colour, t: number): void {
  colour.r += (r - colour.r) * t;
  colour.g += (g - colour.g) * t;
  colour.b += (b - colour.b) * t;
}
