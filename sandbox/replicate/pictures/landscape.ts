import { createCanvas, type Canvas } from "./canvas.ts";
import { lch, mix, toColour, type Colour } from "./colour.ts";
import { paintLayer } from "./land.ts";
import { overlay } from "./overlay.ts";
import { between } from "./random.ts";
import { drawRidge, growConifers, type RidgeKind } from "./ridges.ts";
import type { Scene } from "./scene.ts";
import { paintSky } from "./sky.ts";
import { paintAurora } from "./stars.ts";
import { foreground, shoreThings } from "./things.ts";
import { paintWater } from "./water.ts";
import { paintWeather } from "./weather.ts";

/** Sky, land from far to near, water, what stands in front, weather: in the order light passes them. */
export async function drawLandscape(scene: Scene): Promise<Canvas> {
  const canvas = createCanvas(scene.width, scene.height);
  paintSky(canvas, scene);
  if (scene.brief.things.has("aurora")) paintAurora(canvas, scene);
  paintLand(canvas, scene);
  await overlay(canvas, shoreThings(scene));
  const { place } = scene.brief;
  if (place === "lake" || place === "sea") paintWater(canvas, scene, scene.horizon, place === "sea" ? 1 : 0.12);
  await foreground(canvas, scene);
  paintWeather(canvas, scene);
  return canvas;
}

type Range = { kind: RidgeKind; layers: number; rise: readonly [far: number, near: number]; tops: readonly [number, number]; trees: number };

const RANGES: { readonly [place: string]: Range } = {
  mountain: { kind: "alpine", layers: 4, rise: [0.36, 0.12], tops: [2.6, 3.4], trees: 2 },
  lake: { kind: "alpine", layers: 3, rise: [0.3, 0.07], tops: [2.4, 4], trees: 1 },
  sea: { kind: "cliff", layers: 2, rise: [0.06, 0.13], tops: [1.6, 1.1], trees: 0 },
  forest: { kind: "hills", layers: 6, rise: [0.3, 0.2], tops: [2, 1.6], trees: 6 },
  desert: { kind: "dunes", layers: 5, rise: [0.1, 0.2], tops: [2.2, 1.5], trees: 0 },
  meadow: { kind: "hills", layers: 5, rise: [0.22, 0.16], tops: [2.2, 1.2], trees: 1 },
};

function paintLand(canvas: Canvas, scene: Scene): void {
  const { width, height, horizon, palette, unit, brief, weather } = scene;
  const range = RANGES[brief.place];
  if (!range) return;
  const random = scene.random("land");
  const wet = brief.place === "lake" || brief.place === "sea";
  const layers = brief.style === "minimal" ? Math.min(3, range.layers) : range.layers;
  const mist = weather === "fog" ? 0.95 : weather === "rain" || weather === "snow" ? 0.6 : 0.4;
  const peak = 1 - scene.sun.x / width + between(random, -0.06, 0.06);
  for (let layer = 0; layer < layers; layer++) {
    const near = layers === 1 ? 0 : layer / (layers - 1);
    const rise = (range.rise[0] + (range.rise[1] - range.rise[0]) * near) * height * between(random, 0.85, 1.15);
    const spread = wet ? 0 : (height - horizon) * 0.86 * near ** 1.35;
    const base = horizon + spread + (wet ? unit * 0.004 : rise * 0.3);
    const kind = layer > 0 && range.kind === "alpine" && layer >= layers - range.trees ? "hills" : brief.place === "desert" && layer === 0 ? "mesa" : range.kind;
    const ridge = drawRidge({
      kind, width, base, tall: rise, tops: ((range.tops[0] + (range.tops[1] - range.tops[0]) * near) * width) / height, random,
      peak: layer === 0 && kind === "alpine" ? peak : brief.place === "sea" ? (layer ? 1.02 - Math.round(peak) * 1.04 : peak) : undefined,
    });
    const wooded = layer >= layers - range.trees && weather !== "storm";
    const body = layerColour(scene, near, kind);
    const haze = mix(body, palette.haze, mist * (1 - near * 0.7));
    paintLayer(canvas, {
      ridge: wooded ? growConifers(ridge, unit * (0.03 + near * 0.085), 5, random) : ridge,
      top: body,
      bottom: haze,
      depth: rise * (kind === "alpine" ? 1 : 0.8) + unit * 0.05,
      until: wet ? horizon : height,
      rock: wooded || brief.style === "minimal" ? undefined : rockOf(scene, kind, near, body, random() * 200),
    });
  }
}

function layerColour({ palette, brief, weather }: Scene, near: number, kind: RidgeKind): Colour {
  const body = mix(mix(palette.haze, palette.far, 0.35 + 0.65 * Math.min(1, near * 2)), palette.near, near ** 1.4);
  if (brief.place === "meadow") return mix(body, palette.ground, 0.25 + near * 0.55);
  if (brief.place === "desert" && kind === "dunes") return mix(body, brief.tints.length ? palette.accent : sand(palette.low), 0.55 - near * 0.12);
  return weather === "snow" && kind !== "alpine" ? mix(body, palette.snow, 0.5) : body;
}

function sand(low: Colour): Colour {
  return mix(toColour(lch(0.7, 0.11, 62)), low, 0.35);
}

function rockOf({ palette, sun, unit, brief, weather, time }: Scene, kind: RidgeKind, near: number, body: Colour, seed: number) {
  const snowy = kind === "alpine" && (weather === "snow" || brief.place === "mountain" || brief.place === "lake");
  const soft = kind === "hills" || kind === "dunes";
  return {
    lit: mix(body, palette.light, time === "night" ? 0.28 : 0.5),
    shade: mix(body, palette.near, 0.6),
    snow: snowy ? mix(palette.snow, palette.haze, 0.25 * (1 - near)) : null,
    sunX: sun.x,
    unit,
    contrast: soft ? 0.35 : 0.55 + near * 0.25,
    seed,
  };
}
