import { addGlow, type Canvas } from "../canvas/canvas.ts";
import { between } from "../canvas/random.ts";
import { overlay } from "../canvas/svg-overlay.ts";
import { mix } from "../colours/colour.ts";
import type { Scene } from "../scenes/scene.ts";
import { drawAnimal, isAnimal } from "../shapes/animals.ts";
import { drawCastle, drawHouse, drawLighthouse, drawSailboat, drawHiker } from "../shapes/buildings.ts";
import { drawBirds, drawBroadleaf, drawConifer, drawGrass } from "../shapes/trees.ts";
import { paintLayer } from "./paint-layer.ts";
import { drawHillLine } from "./hill-lines.ts";

/**
 * Returns the shapes of birds in the sky, or an empty list if the sky has no birds. The caller draws them before the water, so
 * that the water reflects them.
 */
export function drawDistantBirds(scene: Scene): string[] {
  const { width, horizon, unit, palette, brief, time } = scene;
  const random = scene.random("shore");
  const mayAppear = !brief.unwanted.has("birds") && time !== "night" && brief.place !== "city";
  if (!brief.things.has("birds") && !(mayAppear && random() < 0.4)) return [];
  const x = width * between(random, 0.2, 0.6);
  return [drawBirds(x, horizon * between(random, 0.3, 0.55), unit, palette.near, random)];
}

/** Paints the near ground, and one subject that stands on it. The subject is on the other side of the image than the sun. */
export async function paintForeground(canvas: Canvas, scene: Scene): Promise<void> {
  const { width, height, horizon, unit, sun, palette, brief } = scene;
  const random = scene.random("front");
  const x = width - sun.x + between(random, -0.04, 0.04) * width;
  const flip = random() < 0.5;
  const look = {
    wall: mix(mix(palette.far, palette.snow, 0.45), palette.near, 0.25),
    shade: mix(palette.near, palette.far, 0.2),
    roof: mix(palette.accent, palette.near, 0.3),
    window: palette.window,
    flip,
  };
  const shapes: string[] = [];
  if (brief.things.has("boat")) {
    const y = horizon + (height - horizon) * between(random, 0.16, 0.34);
    shapes.push(
      `<ellipse cx="${x}" cy="${y + unit * 0.006}" rx="${unit * 0.1}" ry="${unit * 0.008}" fill="black" opacity=".35"/>`,
      drawSailboat(x, y, unit * between(random, 0.26, 0.36), look),
    );
  }
  const standing = (["lighthouse", "castle", "house", "person", "tree"] as const).find((thing) =>
    brief.things.has(thing),
  );
  if (standing || isAnimal(brief.focus) || brief.place === "mountain" || brief.place === "lake") {
    const base = height * between(random, 0.93, 0.97);
    const mound = drawHillLine({ width, base: height * 1.03, tall: height * 0.24, tops: 1.1, random, peak: x / width });
    paintLayer(canvas, {
      ridge: mound,
      top: palette.near,
      bottom: mix(palette.near, palette.ground, 0.2),
      depth: height * 0.2,
      until: height,
    });
    const foot = (at: number) => (mound[Math.round(Math.min(width - 1, Math.max(0, at)))] ?? base) + unit * 0.01;
    const tall = unit * between(random, 0.2, 0.27);
    if (standing === "lighthouse") {
      shapes.push(drawLighthouse(x, foot(x), tall * 1.75, look));
      addGlow(canvas, x, foot(x) - tall * 1.75 * 0.83, unit * 0.34, palette.window, 0.75);
    }
    if (standing === "castle") shapes.push(drawCastle(x, foot(x), tall * 1.5, look));
    if (standing === "house") shapes.push(drawHouse(x, foot(x), tall * 0.62, look));
    if (standing === "person") shapes.push(drawHiker(x, foot(x), tall, look));
    if (standing === "tree")
      shapes.push(
        drawBroadleaf(
          x,
          foot(x),
          tall * 2.3,
          palette.near,
          brief.subjectTint || brief.tints.length ? palette.accent : null,
          random,
        ),
      );
    if (isAnimal(brief.focus)) {
      const coat = mix(
        brief.subjectTint ? palette.accent : mix(palette.near, palette.accent, 0.25),
        palette.near,
        0.55,
      );
      shapes.push(
        drawAnimal(brief.focus, x, foot(x), unit * between(random, 0.3, 0.38), {
          body: coat,
          rim: palette.light,
          belly: palette.disc,
          flip,
          lightFromRight: sun.x > x,
        }),
      );
    }
    if (standing !== "tree" && brief.place !== "sea" && brief.place !== "desert") {
      for (let tree = 0; tree < 9; tree++) {
        const at = random() * width;
        if (Math.abs(at - x) > unit * 0.16)
          shapes.push(drawConifer(at, foot(at), unit * between(random, 0.08, 0.24), palette.near, random));
      }
    }
  }
  if (brief.place === "meadow") shapes.push(drawGrass(width, height, unit * 0.13, palette.near, random));
  if (brief.place === "forest") {
    for (const side of [-1, 1]) {
      for (let tree = 0; tree < 3; tree++) {
        const at = width / 2 + side * width * between(random, 0.34, 0.56);
        shapes.push(drawConifer(at, height * 1.02, height * between(random, 0.5, 0.95), palette.near, random));
      }
    }
  }
  await overlay(canvas, shapes);
}
