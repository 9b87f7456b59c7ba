import type { Canvas } from "../canvas/canvas.ts";
import { between } from "../canvas/random.ts";
import { mix } from "../colours/colour.ts";
import type { Scene } from "../scenes/scene.ts";
import { createAlps, createDunes, createHeadland, createHills } from "./mountains-and-dunes.ts";
import { paintTerrain } from "./terrain.ts";

const CLEAR = { clear: 0.5, clouds: 0.42, storm: 0.3, fog: 0.1, snow: 0.25, rain: 0.2 } as const;

/** Paints the ground of a place. In a forest, no ground is painted, because trees cover it. */
export function paintGround(canvas: Canvas, scene: Scene): void {
  const { width, height, horizon, sun, palette, weather, brief, time } = scene;
  const random = scene.random("ground");
  const clear = CLEAR[weather];
  const rock = mix(palette.far, palette.near, 0.35);
  const winter = weather === "snow";
  // The highest peak is on the other side of the image than the sun, so that it does not hide the sun.
  const peak = 0.5 - sun.x / width + between(random, -0.05, 0.05);
  const natural = brief.tints.length === 0 && time === "day";
  switch (brief.place) {
    case "mountain":
    case "lake": {
      const lake = brief.place === "lake";
      const relief = createAlps(random, peak, between(random, 3.5, 4.6) * (lake ? 0.8 : 1));
      const snow = brief.unwanted.has("snow") ? null : palette.snow;
      paintTerrain(canvas, scene, {
        relief,
        near: lake ? 4 : 1.1,
        far: 30,
        until: lake ? horizon : height,
        flat: mix(rock, palette.ground, 0.6),
        steep: rock,
        snow,
        clear,
      });
      return;
    }
    case "desert": {
      const sand = brief.tints.length > 0 ? mix(palette.sand, palette.accent, 0.4) : palette.sand;
      paintTerrain(canvas, scene, {
        relief: createDunes(random),
        near: 1.1,
        far: 24,
        until: height,
        flat: sand,
        steep: mix(sand, palette.accent, 0.2),
        snow: null,
        clear,
      });
      return;
    }
    case "meadow": {
      const green = natural ? palette.ground : mix(palette.ground, palette.far, 0.15);
      paintTerrain(canvas, scene, {
        relief: createHills(random, 1.1),
        near: 1.1,
        far: 30,
        until: height,
        flat: winter ? palette.snow : green,
        steep: mix(green, palette.far, 0.4),
        snow: null,
        clear,
      });
      return;
    }
    case "sea":
      paintTerrain(canvas, scene, {
        relief: createHeadland(random, Math.sign(peak) || 1),
        near: 4,
        far: 16,
        until: horizon,
        flat: mix(rock, palette.ground, 0.5),
        steep: rock,
        snow: null,
        clear,
      });
      return;
    case "forest":
    case "city":
    case "space":
    case "abstract":
      return;
  }
}
