import { createCanvas, enlarge, addGlow, setPixel, addLight, type Canvas } from "../canvas/canvas.ts";
import { noise } from "../canvas/noise.ts";
import { between, pick, type Random } from "../canvas/random.ts";
import { n, overlay } from "../canvas/svg-overlay.ts";
import type { Palette } from "../colours/choose-palette.ts";
import { clamp, css, distance, mix, type Colour } from "../colours/colour.ts";
import type { Scene } from "./scene.ts";

type Kind = "round" | "long" | "cup";

/** Draws flowers close to the camera, in front of a blurred garden. */
export async function drawFlowers(scene: Scene): Promise<Canvas> {
  const { width, height, unit, palette } = scene;
  const canvas = createCanvas(width, height);
  const random = scene.random("flowers");
  paintBlur(canvas, scene, random);
  const stem = mix(palette.ground, palette.near, 0.35);
  const kind = pick<Kind>(random, ["round", "long", "cup"]);
  const main = width * (random() < 0.5 ? between(random, 0.34, 0.42) : between(random, 0.58, 0.66));
  const bed = { bottom: height, palette, stem, kind, random };
  const distant: string[] = [];
  for (let count = 0; count < 7; count++) {
    const flower = {
      x: random() * width,
      y: height * between(random, 0.45, 0.8),
      radius: unit * between(random, 0.05, 0.09),
      colour: mix(palette.accent, palette.haze, 0.35),
    };
    distant.push(drawFlower(flower, bed, `b${count}`));
  }
  await overlay(canvas, distant, unit * 0.009);
  const second = {
    x: width - main + between(random, -0.05, 0.05) * width,
    y: height * between(random, 0.55, 0.68),
    radius: unit * between(random, 0.12, 0.16),
    colour: mix(palette.accent, palette.second, 0.35),
  };
  const behind = drawFlower(second, bed, "s");
  const first = {
    x: main,
    y: height * between(random, 0.36, 0.46),
    radius: unit * between(random, 0.22, 0.27),
    colour: palette.accent,
  };
  await overlay(canvas, [behind, drawFlower(first, bed, "m")]);
  return canvas;
}

function paintBlur(canvas: Canvas, { width, height, unit, palette, sun }: Scene, random: Random): void {
  const step = Math.max(1, Math.round(Math.max(width, height) / 128));
  const coarse = createCanvas(Math.ceil(width / step) + 2, Math.ceil(height / step) + 2);
  const offset = random() * 200;
  const dark = mix(palette.ground, palette.near, 0.5);
  for (let row = 0; row < coarse.height; row++) {
    for (let column = 0; column < coarse.width; column++) {
      const x = (column * step) / unit;
      const y = (row * step) / unit;
      const down = clamp(((row * step) / height) * 1.25 - 0.2 + (noise(x * 2.2 + offset, y * 2.2) - 0.5) * 0.9);
      setPixel(
        coarse,
        column,
        row,
        mix(mix(palette.low, palette.haze, 0.4), mix(dark, palette.ground, noise(x * 4, y * 4 + offset)), down),
      );
    }
  }
  enlarge(coarse, canvas, step);
  addGlow(canvas, sun.x, height * 0.16, unit * 0.7, palette.light, 0.7);
  for (let disc = 0; disc < 26; disc++) {
    const radius = unit * between(random, 0.018, 0.055);
    const cx = random() * width;
    const cy = random() ** 0.8 * height * 0.85;
    const colour = pick(random, [palette.light, palette.light, palette.accent, palette.second]);
    const strength = between(random, 0.1, 0.4);
    for (let y = Math.max(0, Math.floor(cy - radius)); y < Math.min(height, cy + radius); y++) {
      for (let x = Math.max(0, Math.floor(cx - radius)); x < Math.min(width, cx + radius); x++) {
        // A point of light that is out of focus looks like a disc with a brighter edge.
        const away = distance(x - cx, y - cy) / radius;
        if (away < 1) addLight(canvas, x, y, colour, strength * (0.65 + 0.5 * away ** 4) * clamp((1 - away) * 9));
      }
    }
  }
}

type Flower = { x: number; y: number; radius: number; colour: Colour };
type Bed = { bottom: number; palette: Palette; stem: Colour; kind: Kind; random: Random };

/** Returns a flower on its stem, as SVG. `id` makes the names of its gradients unique. */
function drawFlower(
  { x, y, radius, colour }: Flower,
  { bottom, palette, stem, kind, random }: Bed,
  id: string,
): string {
  const petals: string[] = [];
  const bend = between(random, -0.5, 0.5) * radius;
  const squash = between(random, 0.72, 0.9);
  const [rings, count, wide] = kind === "long" ? [2, 17, 0.16] : kind === "round" ? [5, 9, 0.36] : [3, 6, 0.46];
  for (let ring = 0; ring < rings; ring++) {
    const length = radius * (1 - ring * (kind === "long" ? 0.14 : 0.75 / rings));
    for (let petal = 0; petal < count; petal++) {
      const angle = (360 / count) * (petal + ring * 0.5) + between(random, -6, 6);
      const half = length * wide * between(random, 0.85, 1.15);
      const long = length * between(random, 0.9, 1.06);
      petals.push(
        `<path transform="rotate(${n(angle)})" fill="url(#${id}${(petal + ring) % 3})" stroke="${css(mix(colour, palette.near, 0.4))}" stroke-opacity=".25" stroke-width="${n(radius * 0.008)}" d="M0 0C${n(-half * 1.1)} ${n(-long * 0.35)} ${n(-half)} ${n(-long * 0.95)} 0 ${n(-long)}C${n(half)} ${n(-long * 0.95)} ${n(half * 1.1)} ${n(-long * 0.35)} 0 0Z"/>`,
      );
    }
  }
  const shades = [0.05, 0.22, 0.38].map(
    (light, index) =>
      `<linearGradient id="${id}${index}" x1="0" y1="1" x2="0" y2="0"><stop offset="0" stop-color="${css(mix(colour, palette.near, 0.55))}"/><stop offset=".55" stop-color="${css(colour)}"/><stop offset="1" stop-color="${css(mix(colour, palette.light, light + 0.1))}"/></linearGradient>`,
  );
  const heart = kind === "cup" ? 0.14 : kind === "long" ? 0.26 : 0.1;
  const leaf = radius * 0.9;
  const leafY = y + (bottom - y) * 0.55;
  return `<defs>${shades.join("")}</defs><path fill="none" stroke="${css(stem)}" stroke-width="${n(radius * 0.075)}" d="M${n(x)} ${n(y)}Q${n(x + bend)} ${n((y + bottom) / 2)} ${n(x + bend * 0.6)} ${n(bottom + 9)}"/>
    <path fill="${css(mix(stem, palette.ground, 0.5))}" d="M${n(x + bend * 0.7)} ${n(leafY + leaf * 0.5)}q${n(leaf * 0.3)} ${n(-leaf * 0.75)} ${n(leaf * 1.1)} ${n(-leaf * 0.7)}q${n(-leaf * 0.25)} ${n(leaf * 0.7)} ${n(-leaf * 1.1)} ${n(leaf * 0.7)}z"/>
    <g transform="translate(${n(x)} ${n(y)}) rotate(${n((bend / radius) * 30)}) scale(1 ${squash.toFixed(3)})">${petals.join("")}<circle r="${n(radius * heart)}" fill="${css(mix(palette.window, colour, 0.15))}"/><circle r="${n(radius * heart * 0.62)}" fill="${css(mix(palette.window, palette.near, 0.5))}" opacity=".6"/></g>`;
}
