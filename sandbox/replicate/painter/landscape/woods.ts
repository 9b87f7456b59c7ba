import type { Canvas } from "../canvas/canvas.ts";
import { between } from "../canvas/random.ts";
import { mix } from "../colours/colour.ts";
import type { Scene } from "../scenes/scene.ts";
import { paintLayer, type Layer as Fill } from "./paint-layer.ts";
import { drawHillLine, growConifers, type HillLine } from "./hill-lines.ts";

type Layer = Fill & { ground: HillLine };
type Woods = { layers: number; first: number; last: number; rise: number; trees: readonly [far: number, near: number] };

const WOODS: { readonly [place: string]: Woods } = {
  forest: { layers: 6, first: -0.02, last: 1, rise: 0.26, trees: [0.035, 0.2] },
  mountain: { layers: 5, first: 0.18, last: 0.95, rise: 0.13, trees: [0.024, 0.1] },
  lake: { layers: 1, first: 0, last: 0, rise: 0.02, trees: [0.05, 0.05] },
};

/** Paints rows of conifers, with mist on the ground between the rows. */
export function paintWoods(canvas: Canvas, scene: Scene): void {
  const { width, height, horizon, palette, unit, brief, weather } = scene;
  const woods = WOODS[brief.place];
  if (!woods || brief.unwanted.has("forest") || brief.unwanted.has("tree")) return;
  const random = scene.random("woods");
  const layers = brief.style === "minimal" ? Math.min(3, woods.layers) : woods.layers;
  const mist =
    (weather === "fog" ? 1 : weather === "rain" || weather === "snow" ? 0.8 : 0.62) *
    (brief.place === "mountain" ? 0.42 : 1);
  const rows: Layer[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const near = layers === 1 ? 0.3 : layer / (layers - 1);
    const down = woods.first + (woods.last - woods.first) * (layers === 1 ? 0 : near) ** 1.3;
    const rise = woods.rise * height * between(random, 0.75, 1.2);
    const ground = drawHillLine({
      width,
      base: horizon + (height - horizon) * down + rise * 0.45,
      tall: rise,
      tops: (between(random, 1.2, 2.2) * width) / height,
      random,
    });
    const tall = unit * (woods.trees[0] + (woods.trees[1] - woods.trees[0]) * near ** 1.4);
    const body = mix(mix(palette.haze, palette.far, 0.4 + near), palette.near, Math.min(1, near * 1.1));
    const top = weather === "snow" ? mix(body, palette.snow, 0.18) : body;
    rows.push({
      ridge: growConifers(ground, tall, brief.place === "lake" ? 4.5 : 6.5, random),
      ground,
      top,
      bottom: mix(body, palette.haze, mist * (1 - near * 0.55)),
      depth: rise + tall * 1.5,
      lift: tall * 0.6,
      until: brief.place === "lake" ? horizon : height,
    });
  }
  for (const [index, row] of rows.entries()) {
    const next = rows[index + 1];
    // A row of trees is painted only down to the ground of the next row, because the next row hides the rest.
    paintLayer(
      canvas,
      next ? { ...row, until: Math.ceil(next.ground.reduce((low, y) => Math.max(low, y), 0)) + 1 } : row,
    );
  }
}
